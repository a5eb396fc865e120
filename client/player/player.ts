/**
 * The player: a cursor over the trace of one sandbox. It plays steps, moves back and forth, and opens another sandbox when
 * the learner chooses another variant, Redis or pace. It uses neither React nor the DOM.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { FreePlayOffer, SandboxChoice, SavedScenario } from '../../scenarios/engine/api.ts';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Pace, StoreKind, Trace, TraceEvent, Variant } from '../../scenarios/engine/trace.ts';
import { createConnection, type PlayerNeeds } from './connection.ts';
import { playThrough } from './playThrough.ts';
import {
  choiceOf,
  currentSteps,
  moveTo,
  moveToRequest,
  nothingOpen,
  type PlayerState,
  positionAfter,
  stepsPlayed,
  stepsStarted,
  timeOf,
} from './state.ts';

/** No promise of a player rejects. What is refused or fails is shown in its state, as `refusal`. */
export interface Player {
  store: StoreApi<PlayerState>;
  /** Returns the sandbox time in ms at the current moment. It runs at the end of the trace and stands still in the past. */
  now(): number;
  /** Ends the open sandbox, and opens another one with its first `playTo` steps played. Shows the notice there. */
  open(choice: SandboxChoice, playTo?: number, notice?: string): Promise<void>;
  /** Ends the sandbox, if there is one. */
  close(): void;
  /** Moves one step forward; at the end of the trace, plays the next step. While a step plays, that waits for its end, once. */
  next(): Promise<void>;
  previous(): void;
  /** Plays all remaining steps. */
  runToEnd(): Promise<void>;
  /** Moves to the moment after `steps` steps, and plays those that have not been played. */
  goToStep(steps: number): Promise<void>;
  /** Moves to the end of the trace and follows it. */
  goLive(): void;
  /** Selects a request and moves to its step. */
  select(request: number): void;
  /** Opens a new sandbox of the same kind with no steps played. */
  reset(): Promise<void>;
  /** Opens another kind of sandbox and plays it up to the current moment. */
  switchTo(change: { variant?: Variant; store?: StoreKind; pace?: Pace }): Promise<void>;
  /**
   * Performs a manual action. In the past this is impossible: there it proposes a fork (`state.fork`) and waits for the
   * decision.
   * @param notice shown when it is done
   * @returns Redis's reply to a console line; null without a reply, after a refusal, or if the fork was canceled
   */
  act(action: ManualAction, notice?: string | null): Promise<string | null>;
  /** Forks: replays the steps up to the past moment in a fresh sandbox, and performs the waiting action there. */
  forkAndAct(): Promise<void>;
  cancelFork(): void;
  /** Returns what free play offers in the open sandbox; undefined if that is refused. */
  playOffer(): Promise<FreePlayOffer | undefined>;
  /** Returns the steps and manual actions so far as a scenario file; undefined if that is refused. */
  saveScenario(): Promise<SavedScenario | undefined>;
  /**
   * Plays all steps with a repair in a sandbox beside the open one, which stays as it is. Returns the trace; undefined if that is
   * refused.
   * @param repair the file of the repair; null for the fix
   */
  playThrough(repair: string | null): Promise<Trace | undefined>;
  /** Clears the refusal and the notice. */
  dismiss(): void;
}

export function createPlayer(needs: PlayerNeeds): Player {
  const { api, clock } = needs;
  const store = createStore<PlayerState>(() => nothingOpen);
  const { getState: get, setState: set } = store;
  const connection = createConnection(store, needs, (why) => void replayDied(why));
  /** Whether another step was asked for while one plays. */
  let nextQueued = false;
  /** Resolves when the sandbox is shown or has been refused. */
  let opened: Promise<unknown> = Promise.resolve();

  const openSandbox = (choice: SandboxChoice, playTo: number, notice: string | null) => {
    const opening = connection.open(choice, playTo, notice);
    opened = opening;
    return opening;
  };

  const total = () => get().sandbox?.header.scenario.steps.length ?? 0;
  const played = () => stepsPlayed(get().events);

  /** Sends a request about the open sandbox. Ignores an answer that arrives after another one was opened. */
  const request = async <Answer>(send: (sandbox: string) => Promise<Answer>): Promise<Answer | undefined> => {
    const { sandbox, status } = get();
    if (!sandbox || status !== 'ready') return undefined;
    const stillOpen = () => get().sandbox === sandbox;
    try {
      const answer = await send(sandbox.id);
      return stillOpen() ? answer : undefined;
    } catch (error) {
      if (stillOpen()) connection.refused(error);
      return undefined;
    }
  };

  const play = async (upTo: number) => {
    const { busy, sandbox, status } = get();
    if (busy || !sandbox || status !== 'ready') return;
    nextQueued = false;
    set({ busy: 'stepping', cursor: null, selected: null, refusal: null, notice: null });
    const answer = await request((id) => api.play(id, upTo));
    if (answer) await connection.arrived(sandbox, answer.recorded);
    if (get().sandbox !== sandbox || get().busy !== 'stepping') return;
    set({ busy: null });
    if (!nextQueued) return;
    nextQueued = false;
    if (answer) await player.next();
  };

  /** Opens a sandbox and plays its first steps. In real time they are played in view, where the wait can be shortened. */
  const replay = async (choice: SandboxChoice, steps: number, notice: string | null) => {
    await openSandbox(choice, choice.pace === 'real' ? 0 : steps, notice);
    const stillWanted = get().status === 'ready' && sameChoice(choiceOf(get()), choice);
    if (choice.pace === 'real' && steps > 0 && stillWanted) await play(steps);
  };

  /** When the process of an open sandbox died last, by the clock of the browser. */
  let lastDeath = Number.NEGATIVE_INFINITY;

  /** Goes on where the learner was, in a fresh sandbox. Not again and again: the run itself may be what ends the process. */
  const replayDied = async (why: string) => {
    const { events, cursor, sandbox } = get();
    const choice = choiceOf(get());
    const since = performance.now() - lastDeath;
    lastDeath = performance.now();
    if (!choice || since < betweenDeaths) return;
    await replay(choice, stepsPlayed(events), `${why} ${replayedText(events)}`);
    if (cursor !== null && get().sandbox !== sandbox) set({ ...moveTo(get(), cursor), notice: get().notice });
  };

  /** Resolves the promise of the action that waits for a fork. */
  let answerFork = (_reply: string | null) => {};
  store.subscribe(({ fork }, before) => {
    if (before.fork && fork !== before.fork) answerFork(null);
  });

  const player: Player = {
    store,
    now: () => (get().cursor === null ? clock.now() : timeOf(get())),
    open: async (choice, playTo = 0, notice) => {
      connection.leave();
      await replay(choice, playTo, notice ?? null);
    },
    close: connection.leave,
    next: async () => {
      // A click while a sandbox is opening applies to the new sandbox.
      const early = get().busy === 'opening';
      if (early) await opened;
      if (get().cursor !== null) set(moveTo(get(), currentSteps(get()) + 1));
      else if (get().busy === 'stepping') nextQueued ||= !early;
      else if (played() < total()) await play(played() + 1);
    },
    previous: () => {
      nextQueued = false;
      set(moveTo(get(), currentSteps(get()) - 1));
    },
    runToEnd: async () => {
      if (played() < total()) await play(total());
      else player.goLive();
    },
    goToStep: async (steps) => {
      if (steps > stepsStarted(get().events)) await play(Math.min(steps, total()));
      else set(moveTo(get(), steps));
    },
    goLive: () => set(moveTo(get(), total())),
    select: (id) => set(moveToRequest(get(), id) ?? {}),
    reset: async () => {
      const choice = choiceOf(get());
      if (choice) await openSandbox(choice, 0, get().hasApp ? resetNotice : 'Reset: the recording from its start.');
    },
    switchTo: async (change) => {
      const state = get();
      const choice = choiceOf(state);
      if (!choice) return;
      const wanted = { ...choice, ...change };
      if (!sameChoice(choice, wanted)) await replay(wanted, state.cursor ?? played(), null);
    },
    act: async (action, notice = null) => {
      const { cursor } = get();
      if (cursor !== null) {
        set({ fork: { action, steps: cursor } });
        return new Promise((resolve) => {
          answerFork = resolve;
        });
      }
      const { sandbox } = get();
      const done = await request((id) => api.act(id, action));
      if (!done || !sandbox) return null;
      clock.set(done.now);
      if (notice !== null) set({ notice });
      if (action.do === 'request' && (await connection.arrived(sandbox, done.recorded))) {
        const sent = get().events.findLast((event) => event.type === 'request');
        if (sent) player.select(sent.id);
      }
      return done.reply;
    },
    forkAndAct: async () => {
      const { fork, sandbox, events } = get();
      const choice = choiceOf(get());
      if (!fork || !sandbox || !choice) return;
      const { action, steps } = fork;
      const answer = answerFork;
      answerFork = () => {};
      set({ fork: null });
      const before = { namespace: sandbox.header.namespace, events: events.slice(0, positionAfter(events, steps)) };
      const fresh = await openSandbox(choice, steps, forkNotice(steps));
      if (!fresh) return answer(null);
      const after = { namespace: fresh.header.namespace, events: get().events };
      answer(await player.act(translateAction(action, before, after)));
    },
    cancelFork: () => set({ fork: null }),
    playOffer: () => request(api.playOffer),
    saveScenario: () => {
      set({ refusal: null, notice: null });
      return request(api.saveScenario);
    },
    playThrough: (repair) => request(() => playThrough(api, get().sandbox!.header, repair)),
    dismiss: () => set({ refusal: null, notice: null }),
  };
  return player;
}

/** Milliseconds. */
const betweenDeaths = 60_000;

const replayedText = (events: readonly TraceEvent[]) =>
  `Its steps were played again${events.some(({ type }) => type === 'manual-action') ? '; what you did by hand was not' : ''}.`;

const resetNotice = 'Reset: a fresh sandbox with no steps played.';

const forkNotice = (steps: number) =>
  steps === 0
    ? 'Forked: a fresh sandbox with no steps played before your action.'
    : `Forked: ${steps === 1 ? 'step 1 was' : `steps 1 to ${steps} were`} replayed in a fresh sandbox. You continue from there.`;

const sameChoice = (one: SandboxChoice | null, other: SandboxChoice) =>
  one !== null && (Object.keys(other) as (keyof SandboxChoice)[]).every((what) => one[what] === other[what]);

/** The names that differ between two sandboxes in which the same steps were played. */
interface SandboxNames {
  /** The prefix of all its Redis keys. */
  namespace: string;
  /** They contain its session ids. */
  events: readonly TraceEvent[];
}

/**
 * Returns the action with the names of another sandbox in place of its own: the namespace, and the session ids, which
 * appear in the same order in both.
 */
export function translateAction(action: ManualAction, from: SandboxNames, to: SandboxNames): ManualAction {
  const newIds = sessionIds(to.events);
  const names: [before: string, after: string | undefined][] = [
    [from.namespace, to.namespace],
    ...sessionIds(from.events).map((sid, index): [string, string | undefined] => [sid, newIds[index]]),
  ];
  const translate = (text: string) =>
    names.reduce((result, [before, after]) => result.replaceAll(before, after ?? before), text);
  return JSON.parse(JSON.stringify(action), (_, value) => (typeof value === 'string' ? translate(value) : value));
}
