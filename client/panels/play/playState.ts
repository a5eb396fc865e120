/** What is being written in free play. It outlives the tab, which is taken down while another one is looked at. */
import { create } from 'zustand';
import { type Draft, firstDraft } from './draft.ts';
import { type History, noHistory } from './history.ts';

export interface ConsoleLine {
  id: number;
  typed: string;
  /** null: nothing was answered, because nothing was asked. */
  reply: string | null;
  refused: boolean;
}

interface PlayDrafts {
  draft: Draft;
  history: History;
  /** Of one sandbox; in another one they are not true. */
  lines: { sandbox: string; said: ConsoleLine[] };
}

export const usePlayDrafts = create<PlayDrafts>(() => ({
  draft: firstDraft,
  history: noHistory,
  lines: { sandbox: '', said: [] },
}));
