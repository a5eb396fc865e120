import { useMemo, useReducer } from 'react';
import type { View } from '../../scenarios/engine/read.ts';

/** The moving picture of the current step: its session IDs travel once through the picture and the diagram. */
export interface Replay {
  /** Names one play of one step; the movement starts when it changes. null: nothing moves, because a step is running or none was played. */
  play: string | null;
  again: () => void;
}

export function useReplay({ header, step, running }: View): Replay {
  const [count, again] = useReducer((before: number) => before + 1, 0);
  const play = step === null || running ? null : `${header.sandbox} ${step} ${count}`;
  return useMemo(() => ({ play, again }), [play]);
}
