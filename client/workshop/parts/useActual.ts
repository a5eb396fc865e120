import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { nothingOpen, type PlayerState } from '../../player/state.ts';
import { useRoom } from '../connection/useRoom.tsx';

const none = createStore<PlayerState>(() => nothingOpen);

/** Returns what each app that is shown has answered to a question of the room; nothing before its step was played. */
export function useActual(question: RoomQuestion | null): Partial<Record<Variant, Answer>> {
  const onPage = useRoom((state) => state.onPage);
  const one = useStore(onPage?.sides[0]?.store ?? none);
  const other = useStore(onPage?.sides[1]?.store ?? none);
  return useMemo(() => (question ? answersIn([one, other], question) : {}), [one, other, question]);
}

/** Returns the answers to a question in these runs, by the app that they are of. Pure. */
export function answersIn(
  runs: readonly Pick<PlayerState, 'live'>[],
  { scenario, step }: Pick<RoomQuestion, 'scenario' | 'step'>,
): Partial<Record<Variant, Answer>> {
  return Object.fromEntries(
    runs.flatMap(({ live }) => {
      const answered = live?.header.scenario.slug === scenario ? live.steps[step]?.ask : null;
      return live && answered ? [[live.header.variant, answered.actual]] : [];
    }),
  );
}
