/**
 * The player: a cursor over the trace of one sandbox. It plays, goes back and forth, and makes another sandbox when the
 * learner wants another side of it. No React and no DOM in here.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { FreePlayOffer, SandboxChoice, SavedScenario } from '../../scenarios/engine/api.ts';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import type { SandboxClock } from './clock.ts';
import { said } from './fork.ts';
import { positionAfter, stepsPlayed, stepsStarted } from './moments.ts';
import { createOpening, type PlayerNeeds } from './opening.ts';
import { choiceOf, nothingOpen, type PlayerState, stepsBefore } from './state.ts';

export interface Player {
  store: StoreApi<PlayerState>;
  /** Sandbox milliseconds at the moment being looked at: running at the end of the trace, standing still in the past. */
  now(): number;
  /**
   * Play a scenario, its first `playTo` steps at once. Leaves what was open.
   * @param notice what to say about it
   */
  open(choice: SandboxChoice, playTo?: number, notice?: string): Promise<void>;
  /** End the sandbox, if there is one. */
  close(): void;
  /** At a past moment: one step forward. At the end: play one more step. */
  next(): Promise<void>;
  previous(): void;
  /** Play all steps that are left. */
  runToEnd(): Promise<void>;
  /** The moment after `steps` steps; plays those that have not been played. */
  goToStep(steps: number): Promise<void>;
  /** Follow the trace again. */
  goLive(): void;
  /** Pick a request, and with it the moment of its step. */
  select(request: number): void;
  /** A new sandbox of the same kind, with no step played. */
  reset(): Promise<void>;
  /** The same steps on the other side, up to the moment being looked at. */
  switchTo(change: { variant?: Variant; store?: StoreKind; pace?: Pace }): Promise<void>;
  /**
   * Do something by hand, at the moment being looked at. In the past nothing can be done any more: there it is asked first whether
   * to fork (`state.fork`), and the promise waits for that.
   * @returns what Redis answered, for a line typed into its console; null where there is no answer to show, because there is none,
   *   because it was refused (`state.refusal`), or because nobody wanted to fork
   */
  act(action: ManualAction): Promise<string | null>;
  /** Replay the steps up to the past moment in a fresh sandbox, and do there what was to be done. */
  forkAndAct(): Promise<void>;
  /** Leave the past as it was. */
  dontFork(): void;
  /** What free play has to offer in the open sandbox; undefined when it is not to be had. */
  playOffer(): Promise<FreePlayOffer | undefined>;
  /** What was played and done by hand in it, as the file of a scenario; undefined when it is refused, which is then said. */
  saveScenario(): Promise<SavedScenario | undefined>;
  /** Take away what is said about the last thing asked for. */
  dismiss(): void;
}

export function createPlayer(needs: PlayerNeeds & { clock: SandboxClock }): Player {
  const { api, clock } = needs;
  const store = createStore<PlayerState>(() => nothingOpen);
  const { getState: get, setState: set } = store;
  const opening = createOpening(store, needs);
  /** How far the server said it had played, which can be known before the events are here. */
  let reached = { sandbox: '', steps: 0 };

  /** Settles when the sandbox that is being made is shown, or will not be. */
  let made: Promise<void> = Promise.resolve();

  const make = (choice: SandboxChoice, playTo: number, notice: string | null) => {
    made = opening.make(choice, playTo, notice);
    return made;
  };

  const total = () => get().sandbox?.header.scenario.steps.length ?? 0;
  const played = () => {
    const { events, sandbox } = get();
    return Math.max(stepsPlayed(events), reached.sandbox === sandbox?.id ? reached.steps : 0);
  };

  /** Ask something of the open sandbox. An answer that comes when another one is open counts for nothing. */
  const ask = async <Answer>(question: (sandbox: string) => Promise<Answer>): Promise<Answer | undefined> => {
    const { sandbox, status } = get();
    if (!sandbox || status !== 'ready') return undefined;
    const stillOpen = () => get().sandbox === sandbox;
    try {
      const answer = await question(sandbox.id);
      return stillOpen() ? answer : undefined;
    } catch (error) {
      if (stillOpen()) opening.refused(error);
      return undefined;
    }
  };

  const play = async (upTo: number) => {
    const { busy, sandbox, status } = get();
    if (busy || !sandbox || status !== 'ready') return;
    set({ busy: 'stepping', cursor: null, selected: null, refusal: null, notice: null });
    const answer = await ask((id) => api.play(id, upTo));
    if (answer) reached = { sandbox: sandbox.id, steps: answer.played };
    if (get().sandbox === sandbox && get().busy === 'stepping') set({ busy: null });
  };

  /** The moment after `steps` started steps; the last one is the end of the trace, and followed. */
  const show = (steps: number) => {
    const before = Math.max(0, steps);
    set({ cursor: before >= stepsStarted(get().events) ? null : before, selected: null, notice: null });
  };

  /** Steps that really wait are played where they can be seen, and the wait be shortened. */
  const replay = async (choice: SandboxChoice, steps: number, notice: string | null) => {
    await make(choice, choice.pace === 'real' ? 0 : steps, notice);
    const stillWanted = get().status === 'ready' && sameChoice(choiceOf(get()), choice);
    if (choice.pace === 'real' && steps > 0 && stillWanted) await play(steps);
  };

  /** Pick the newest request, once as many events as that are here: the answer may be faster than the stream. */
  const selectLastOf = (recorded: number) => {
    const { sandbox } = get();
    const look = () => {
      const { events } = get();
      const here = events.length >= recorded;
      if (!here && get().sandbox === sandbox) return;
      stop();
      const sent = events.findLast(({ type }) => type === 'request');
      if (here && sent?.type === 'request' && get().sandbox === sandbox) player.select(sent.id);
    };
    const stop = store.subscribe(look);
    look();
  };

  /** Tells whoever wanted to do something in the past what became of it. */
  let answerFork = (_reply: string | null) => {};
  store.subscribe(({ fork }, before) => {
    if (before.fork && fork !== before.fork) answerFork(null);
  });

  const player: Player = {
    store,
    now: () => {
      const { cursor, events } = get();
      return cursor === null ? clock.now() : (events[positionAfter(events, cursor) - 1]?.at ?? 0);
    },
    open: async (choice, playTo = 0, notice) => {
      opening.leave();
      await replay(choice, playTo, notice ?? null);
    },
    close: opening.leave,
    next: async () => {
      // Whoever is quicker than the server means the sandbox that is just being made.
      if (get().busy === 'opening') await made;
      if (get().cursor !== null) show(stepsBefore(get()) + 1);
      else if (played() < total()) await play(played() + 1);
    },
    previous: () => show(stepsBefore(get()) - 1),
    runToEnd: async () => {
      if (played() < total()) await play(total());
      else player.goLive();
    },
    goToStep: async (steps) => {
      if (steps > stepsStarted(get().events)) await play(Math.min(steps, total()));
      else show(steps);
    },
    goLive: () => show(total()),
    select: (request) => {
      const step = get().events.find((event) => event.type === 'request' && event.id === request)?.step;
      if (step === undefined) return;
      show(step === null ? total() : step + 1);
      set({ selected: request });
    },
    reset: async () => {
      const choice = choiceOf(get());
      if (choice) await make(choice, 0, 'Reset: a fresh sandbox, no step played.');
    },
    switchTo: async (change) => {
      const state = get();
      const choice = choiceOf(state);
      if (!choice) return;
      const wanted = { ...choice, ...change };
      const same = (Object.keys(change) as (keyof typeof change)[]).every((what) => wanted[what] === choice[what]);
      if (!same) await replay(wanted, state.cursor ?? played(), null);
    },
    act: async (action) => {
      const { cursor } = get();
      if (cursor !== null) {
        set({ fork: { action, steps: cursor } });
        return new Promise((resolve) => {
          answerFork = resolve;
        });
      }
      const done = await ask((id) => api.act(id, action));
      if (!done) return null;
      clock.set(done.now);
      if (action.do === 'request') selectLastOf(done.recorded);
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
      await make(choice, steps, forkedAfter(steps));
      const made = get();
      if (!made.sandbox || made.sandbox === sandbox) return answer(null);
      answer(await player.act(said(action, before, { namespace: made.sandbox.header.namespace, events: made.events })));
    },
    dontFork: () => set({ fork: null }),
    playOffer: () => ask(api.playOffer),
    saveScenario: () => {
      set({ refusal: null, notice: null });
      return ask(api.saveScenario);
    },
    dismiss: () => set({ refusal: null, notice: null }),
  };
  return player;
}

const forkedAfter = (steps: number) =>
  steps === 0
    ? 'Forked: a fresh sandbox, with nothing played before what you did.'
    : `Forked: ${steps === 1 ? 'step 1 was' : `steps 1 to ${steps} were`} replayed in a fresh sandbox, and you go on from there.`;

const sameChoice = (one: SandboxChoice | null, other: SandboxChoice) =>
  one !== null && (Object.keys(other) as (keyof SandboxChoice)[]).every((what) => one[what] === other[what]);
