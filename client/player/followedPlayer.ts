/**
 * A player over a run that somebody else plays, such as the driver of a workshop. It is where they are until the learner moves: then it
 * has a cursor of its own, until it is told to follow again. Nothing can be played or changed in it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { foldAll } from '../../scenarios/engine/fold.ts';
import type { TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import { emptyView } from '../../scenarios/engine/view.ts';
import type { SandboxClock } from './clock.ts';
import type { Player } from './player.ts';
import { currentSteps, moveTo, moveToRequest, nothingOpen, type PlayerState, stepsStarted, timeOf } from './state.ts';

/** Where the one who plays is. */
export interface Lead {
  /** How many steps have started; null: the end of the trace. */
  steps: number | null;
  /** The selected request; null: the last one of the step. */
  selected: number | null;
}

export interface FollowedPlayer extends Player {
  /** Whether it is where the one who plays is. */
  following: StoreApi<boolean>;
  /** Takes what was recorded. After a lost connection, events can arrive again. @param now sandbox ms, if known */
  receive(events: readonly TraceEvent[], now: number | null): void;
  /** Takes where the one who plays is now. */
  lead(to: Lead): void;
  /** Stays where it is until it is let go, whatever is played meanwhile. */
  hold(on: boolean): void;
  /** Goes to where the one who plays is, and follows again. */
  follow(): void;
}

/** @param clock the sandbox clock of that run, on this page */
export function createFollowedPlayer(header: TraceHeader, clock: SandboxClock): FollowedPlayer {
  const store = createStore<PlayerState>(() => ({
    ...nothingOpen,
    status: 'recorded',
    hasApp: false,
    playedElsewhere: true,
    sandbox: { id: header.sandbox, header, recorded: 0, ports: {}, accounts: [] },
    live: emptyView(header),
  }));
  const following = createStore<boolean>(() => true);
  const { getState: get, setState: set } = store;
  let lead: Lead = { steps: null, selected: null };
  let held = false;

  const goToLead = () => {
    if (!following.getState() || held) return;
    const { cursor, selected } = get();
    if (cursor !== lead.steps || selected !== lead.selected) set({ cursor: lead.steps, selected: lead.selected });
  };
  /** Moves by itself: from now on it does not follow. */
  const wander = (change: Partial<PlayerState> | null) => {
    if (!change) return;
    following.setState(false, true);
    set(change);
  };
  /** Without a running app there is nothing else to do, and nothing that offers it. */
  const nothing = async () => {};

  const player: FollowedPlayer = {
    store,
    following,
    receive: (arrived, now) => {
      const { events, live } = get();
      const added = arrived.filter(({ seq }) => seq >= events.length);
      const last = added.at(-1);
      if (now !== null) clock.set(now);
      if (!last) return;
      clock.notBefore(last.at);
      if (last.type === 'ended') clock.stop();
      set({ events: [...events, ...added], live: foldAll(live!, added) });
    },
    lead: (to) => {
      lead = to;
      goToLead();
    },
    hold: (on) => {
      if (on === held) return;
      held = on;
      // Before anything has arrived there is no moment to stay at.
      if (on && following.getState() && get().events.length > 0) set({ cursor: currentSteps(get()) });
      goToLead();
    },
    follow: () => {
      following.setState(true, true);
      goToLead();
    },
    now: () => (get().cursor === null ? clock.now() : timeOf(get())),
    next: async () => player.goToStep(currentSteps(get()) + 1),
    previous: () => wander(ownMove(get(), currentSteps(get()) - 1)),
    goToStep: async (steps) => wander(ownMove(get(), steps)),
    runToEnd: async () => player.goLive(),
    goLive: () => wander(ownMove(get(), stepsStarted(get().events))),
    select: (request) => wander(moveToRequest(get(), request)),
    open: nothing,
    close: () => {},
    reset: nothing,
    switchTo: nothing,
    act: async () => null,
    forkAndAct: nothing,
    cancelFork: () => {},
    playOffer: async () => undefined,
    saveScenario: async () => undefined,
    playThrough: async () => undefined,
    dismiss: () => {},
  };
  return player;
}

/** Returns the move to a moment that has been shown, also to the last one: what is played meanwhile must not move it. */
function ownMove(state: PlayerState, steps: number): Partial<PlayerState> {
  const last = stepsStarted(state.events);
  return { ...moveTo(state, steps), cursor: Math.min(Math.max(0, steps), last) };
}
