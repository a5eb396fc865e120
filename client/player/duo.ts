/**
 * Two players in lockstep: the vulnerable shop and the protected one, each in a sandbox of its own, played and looked at
 * together. To everything around the panels they are one player.
 */
import { createStore } from 'zustand/vanilla';
import type { Player } from './player.ts';
import { type PlayerState, stepsBefore } from './state.ts';

export type Sides = Readonly<Record<'vulnerable' | 'protected', Player>>;

export interface Duo extends Player {
  /** Each by itself, but that going to another moment on one of them takes the other one along. */
  readonly sides: Sides;
}

/** Both as one: what either waits for is waited for, and what either says is said. The trace is that of the vulnerable side. */
export function createDuo(sides: Sides): Duo {
  const { vulnerable, protected: fixed } = sides;
  const players = [vulnerable, fixed] as const;
  const state = () => together(vulnerable.store.getState(), fixed.store.getState());
  const store = createStore<PlayerState>(state);
  for (const player of players) player.store.subscribe(() => store.setState(state(), true));

  const both = async (act: (player: Player) => unknown): Promise<void> => {
    await Promise.all(players.map(act));
  };

  const goToStep = (steps: number) => both((player) => player.goToStep(steps));
  const goLive = () => void both((player) => player.goLive());
  const inLockstep = (player: Player, other: Player): Player => ({
    ...player,
    goToStep,
    goLive,
    select: (request) => {
      player.select(request);
      void other.goToStep(stepsBefore(player.store.getState()));
    },
  });
  const shown = { vulnerable: inLockstep(vulnerable, fixed), protected: inLockstep(fixed, vulnerable) };

  return {
    sides: shown,
    store,
    now: vulnerable.now,
    open: (choice, playTo, notice) =>
      both((player) => {
        const variant = player === vulnerable ? 'vulnerable' : 'protected';
        return player.open({ ...choice, variant }, playTo, notice);
      }),
    close: () => void both((player) => player.close()),
    next: () => both((player) => player.next()),
    previous: () => void both((player) => player.previous()),
    runToEnd: () => both((player) => player.runToEnd()),
    goToStep,
    goLive,
    select: shown.vulnerable.select,
    reset: () => both((player) => player.reset()),
    switchTo: ({ variant: _, ...change }) => both((player) => player.switchTo(change)),
    act: async (action) => {
      const [reply] = await Promise.all(players.map((player) => player.act(action)));
      return reply ?? null;
    },
    forkAndAct: () => both((player) => player.forkAndAct()),
    dontFork: () => void both((player) => player.dontFork()),
    dismiss: () => void both((player) => player.dismiss()),
    playOffer: vulnerable.playOffer,
    saveScenario: vulnerable.saveScenario,
  };
}

const statuses = ['gone', 'refused', 'loading', 'ready'] as const satisfies PlayerState['status'][];

function together(one: PlayerState, other: PlayerState): PlayerState {
  return {
    ...one,
    status: statuses.find((status) => one.status === status || other.status === status) ?? one.status,
    busy: one.busy ?? other.busy,
    connected: one.connected && other.connected,
    refusal: one.refusal ?? other.refusal,
    notice: one.notice ?? other.notice,
    fork: one.fork ?? other.fork,
  };
}
