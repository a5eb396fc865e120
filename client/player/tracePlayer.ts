/** A player over a trace from a file: the same cursor, with nothing behind it that could play, and nothing that changes. */
import { createStore } from 'zustand/vanilla';
import { read } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { positionAfter, stepsStarted } from './moments.ts';
import type { Player } from './player.ts';
import { nothingOpen, type PlayerState, stepsBefore } from './state.ts';

/** It begins before the first step, as a scenario does. What would need a sandbox says that there is none. */
export function createTracePlayer(trace: Trace): Player {
  const { header, events } = trace;
  const total = stepsStarted(events);
  const store = createStore<PlayerState>(() => ({
    ...nothingOpen,
    status: 'recorded',
    sandbox: { id: header.sandbox, header, ports: {}, accounts: [] },
    events,
    live: read(trace),
    cursor: total > 0 ? 0 : null,
  }));
  const { getState: get, setState: set } = store;

  const show = (steps: number) => {
    const before = Math.max(0, steps);
    set({ cursor: before >= total ? null : before, selected: null, notice: null });
  };
  const nothingRuns = async () =>
    set({ notice: 'This is a recorded trace: nothing runs behind it, so there is nothing to change.' });

  return {
    store,
    now: () => {
      const { cursor } = get();
      return events[(cursor === null ? events.length : positionAfter(events, cursor)) - 1]?.at ?? 0;
    },
    next: async () => show(stepsBefore(get()) + 1),
    previous: () => show(stepsBefore(get()) - 1),
    goToStep: async (steps) => show(steps),
    runToEnd: async () => show(total),
    goLive: () => show(total),
    select: (request) => {
      const step = events.find((event) => event.type === 'request' && event.id === request)?.step;
      if (step === undefined) return;
      show(step === null ? total : step + 1);
      set({ selected: request });
    },
    open: nothingRuns,
    close: () => {},
    reset: nothingRuns,
    switchTo: nothingRuns,
    act: async () => {
      await nothingRuns();
      return null;
    },
    forkAndAct: nothingRuns,
    dontFork: () => {},
    playOffer: async () => undefined,
    saveScenario: async () => undefined,
    dismiss: () => set({ notice: null }),
  };
}
