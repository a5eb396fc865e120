/** The players of the page: one for a single variant, or two in lockstep when the variants are compared. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Variant } from '../../scenarios/engine/trace.ts';
import type { Shown } from './place.ts';
import type { Player } from './player.ts';
import { choiceOf, currentSteps, type PlayerState } from './state.ts';

export interface Players {
  store: StoreApi<{ player: Player | Comparison }>;
  /** Shows one variant or both, without opening anything. For a page that is about to open something. */
  choose(shown: Shown): Player | Comparison;
  /** Shows one variant or both of what is open, played up to the current moment. */
  show(shown: Shown): Promise<void>;
  /** Ends all sandboxes. */
  close(): void;
}

/** Two players in lockstep, used as one: the vulnerable and the protected app, each in a sandbox of its own. */
export interface Comparison extends Player {
  /** The players of the two apps. A move of one of them to another moment moves the other one, too. */
  readonly sides: Sides;
}

type Sides = Readonly<Record<Variant, Player>>;

export const isComparison = (player: Player | Comparison): player is Comparison => 'sides' in player;

/** Returns what is shown: a variant, or both. */
export function shownOf(player: Player | Comparison): Shown {
  return isComparison(player) ? 'both' : (choiceOf(player.store.getState())?.variant ?? 'vulnerable');
}

/** @param first plays a single variant, and the vulnerable side of a comparison @param second plays its protected side */
export function createPlayers(first: Player, second: Player): Players {
  const comparison = createComparison({ vulnerable: first, protected: second });
  const store = createStore<{ player: Player | Comparison }>(() => ({ player: first }));

  const choose = (shown: Shown) => {
    const player = shown === 'both' ? comparison : first;
    store.setState({ player });
    return player;
  };

  return {
    store,
    choose,
    show: async (shown) => {
      const before = store.getState().player;
      const choice = choiceOf(before.store.getState());
      if (!choice || shownOf(before) === shown) return;
      const steps = currentSteps(before.store.getState());
      choose(shown);
      if (shown === 'both') {
        const opening = second.open({ ...choice, variant: 'protected' }, steps);
        await Promise.all([first.switchTo({ variant: 'vulnerable' }), opening]);
      } else {
        second.close();
        await first.switchTo({ variant: shown });
      }
    },
    close: () => {
      first.close();
      second.close();
    },
  };
}

/** Returns one player that moves both. */
export function createComparison(players: Sides): Comparison {
  const { vulnerable, protected: fixed } = players;
  const state = () => combined(vulnerable.store.getState(), fixed.store.getState());
  const store = createStore<PlayerState>(state);
  for (const player of [vulnerable, fixed]) player.store.subscribe(() => store.setState(state(), true));

  const both = async (act: (player: Player) => unknown): Promise<void> => {
    await Promise.all([act(vulnerable), act(fixed)]);
  };
  const goToStep = (steps: number) => both((player) => player.goToStep(steps));
  const goLive = () => void both((player) => player.goLive());
  const inLockstep = (player: Player, other: Player): Player => ({
    ...player,
    goToStep,
    goLive,
    select: (request) => {
      player.select(request);
      void other.goToStep(currentSteps(player.store.getState()));
    },
  });
  const sides = { vulnerable: inLockstep(vulnerable, fixed), protected: inLockstep(fixed, vulnerable) };

  return {
    sides,
    store,
    now: vulnerable.now,
    open: async (choice, playTo, notice) => {
      const open = (variant: Variant) => players[variant].open({ ...choice, variant }, playTo, notice);
      await Promise.all([open('vulnerable'), open('protected')]);
    },
    close: () => void both((player) => player.close()),
    next: () => both((player) => player.next()),
    previous: () => void both((player) => player.previous()),
    runToEnd: () => both((player) => player.runToEnd()),
    goToStep,
    goLive,
    select: sides.vulnerable.select,
    reset: () => both((player) => player.reset()),
    switchTo: ({ variant: _, ...change }) => both((player) => player.switchTo(change)),
    act: async (action, notice) => {
      const [reply] = await Promise.all([vulnerable.act(action, notice), fixed.act(action, notice)]);
      return reply;
    },
    forkAndAct: () => both((player) => player.forkAndAct()),
    cancelFork: () => void both((player) => player.cancelFork()),
    dismiss: () => void both((player) => player.dismiss()),
    playOffer: vulnerable.playOffer,
    saveScenario: vulnerable.saveScenario,
    playThrough: vulnerable.playThrough,
  };
}

/** From the status that matters most to the one that matters least. */
const statuses = ['ended', 'refused', 'loading', 'ready'] as const satisfies PlayerState['status'][];

/** Combines two states: both apps are waited for, and the messages of both are shown. The trace is the vulnerable app's. */
function combined(one: PlayerState, other: PlayerState): PlayerState {
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
