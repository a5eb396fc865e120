/** What was just copied or saved, to be said for a moment. */
import { create } from 'zustand';

interface Confirmed {
  sentence: string | null;
  /** Counts what was said, so that the same sentence said again is seen and heard again. */
  times: number;
  tone: 'done' | 'wrong';
}

export const useConfirmed = create<Confirmed>(() => ({ sentence: null, times: 0, tone: 'done' }));

export function confirm(sentence: string, tone: Confirmed['tone'] = 'done'): void {
  useConfirmed.setState(({ times }) => ({ sentence, tone, times: times + 1 }));
}
