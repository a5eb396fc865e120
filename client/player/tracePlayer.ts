/** A player over a trace from a file: the same cursor, but without a sandbox, so nothing can be played or changed. */
import { createStore } from 'zustand/vanilla';
import { read } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import type { Player } from './player.ts';
import { currentSteps, moveTo, moveToRequest, nothingOpen, type PlayerState, stepsStarted, timeOf } from './state.ts';

/** Starts before the first step, as a scenario does. Whatever needs a sandbox shows a notice instead. */
export function createTracePlayer(trace: Trace): Player {
  const { header, events } = trace;
  const total = stepsStarted(events);
  const store = createStore<PlayerState>(() => ({
    ...nothingOpen,
    status: 'recorded',
    hasApp: false,
    sandbox: { id: header.sandbox, header, recorded: events.length, ports: {}, accounts: [] },
    events,
    live: read(trace),
    cursor: total > 0 ? 0 : null,
  }));
  const { getState: get, setState: set } = store;

  const goToStep = (steps: number) => set(moveTo(get(), steps));
  const refuse = async () =>
    set({ notice: 'This is a recorded trace. It has no running app, so nothing can be changed.' });

  return {
    store,
    now: () => timeOf(get()),
    next: async () => goToStep(currentSteps(get()) + 1),
    previous: () => goToStep(currentSteps(get()) - 1),
    goToStep: async (steps) => goToStep(steps),
    runToEnd: async () => goToStep(total),
    goLive: () => goToStep(total),
    select: (request) => set(moveToRequest(get(), request) ?? {}),
    open: refuse,
    close: () => {},
    reset: refuse,
    switchTo: refuse,
    act: async () => {
      await refuse();
      return null;
    },
    forkAndAct: refuse,
    cancelFork: () => {},
    playOffer: async () => undefined,
    saveScenario: async () => undefined,
    playThrough: async () => undefined,
    dismiss: () => set({ notice: null }),
  };
}
