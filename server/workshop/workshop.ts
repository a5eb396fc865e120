/** A workshop: its state, what may change it, and who is told. */
import { setMaxListeners } from 'node:events';
import { choicesFor } from '../../scenarios/engine/choices.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { TraceEvent, Variant } from '../../scenarios/engine/trace.ts';
import type {
  Agenda,
  DriveAction,
  DriverView,
  EnteredWorkshop,
  LanAddress,
  ParticipantView,
  Press,
  RoomAnswer,
  RoomView,
  ShownRuns,
} from '../../scenarios/engine/workshop.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import { newHandle } from './handles.ts';
import { createNotices } from './notices.ts';
import { createOwnRuns } from './ownRuns.ts';
import { createPasses, newCode, readCode, type Visitor } from './passes.ts';
import { createRuns, type Run } from './runs.ts';
import {
  apply,
  countedQuestions,
  currentQuestion,
  newWorkshop,
  type WorkshopEvent,
  type WorkshopState,
} from './state.ts';
import { hasAnswered, participantView, roomView } from './views.ts';

/** How long the written view of the room counts, because it says how much of the timer is left. Milliseconds. */
const longestKept = 100;

interface WorkshopSettings {
  sandboxes: Sandboxes;
  /** The address at which participants enter, without `http://`: "192.168.1.5:3000". */
  address: string;
  /** The addresses of this machine, best first. */
  addresses: LanAddress[];
  /** What the instructor has planned; null without a plan. */
  agenda?: Agenda | null;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type Workshop = ReturnType<typeof createWorkshop>;

export function createWorkshop({ sandboxes, address, addresses, agenda = null, now = Date.now }: WorkshopSettings) {
  const code = newCode();
  const passes = createPasses(now);
  const firstKey = passes.firstKey();
  const notices = createNotices();
  const ownRuns = createOwnRuns();
  const runs = createRuns(sandboxes, heard);
  const presses = new Set<(press: Press) => void>();
  const over = new AbortController();
  // Each page adds a listener, and Node would report more than ten as a leak.
  setMaxListeners(0, over.signal);
  let state = newWorkshop;
  /** Goes up whenever the view of the room changes. */
  let version = 0;
  let written = { version: -1, at: 0, text: '' };
  /** How many pages of the driver's are open. */
  let drivers = 0;

  function record(event: WorkshopEvent): void {
    const before = state;
    state = apply(state, event);
    if (state === before) return;
    version += 1;
    if (['entered', 'here', 'answered', 'ready'].includes(event.type)) notices.lazily();
    else notices.soon();
  }

  function heard(event: TraceEvent): void {
    if (event.type === 'step-started' && event.step !== null) record({ type: 'played', step: event.step });
    notices.soon();
  }

  function ask(step: number): void {
    const scenario = runs.scenario;
    if (!scenario || !state.shown) throw nothingShown();
    const asked = scenario.steps[step]?.ask;
    const choices = asked ? choicesFor(asked, scenario) : [];
    if (!asked || choices.length < 2)
      throw new SandboxError('no-question', `Step ${step + 1} of this scenario asks nothing that can be predicted.`);
    const { variant } = state.shown;
    const variants: Variant[] = variant === 'both' ? ['vulnerable', 'protected'] : [variant];
    const expected = Object.fromEntries(variants.map((variant) => [variant, choices.indexOf(asked[variant])]));
    const question = { id: state.questions.length, scenario: scenario.slug, step, question: asked.question };
    record({ type: 'asked', question: { ...question, choices, variants, expected } });
  }

  function show({ sandboxes: ids, steps, selected }: Extract<DriveAction, { do: 'show' }>): void {
    const [first, second] = runs.show(ids);
    const { scenario, variant, store } = first!.trace.header;
    record({
      type: 'shown',
      shown: {
        ...{ scenario: scenario.slug, variant: second ? 'both' : variant, store, steps, selected },
        runs: runs.shown.map(({ name }) => name),
      },
    });
  }

  function pause(paused: boolean): void {
    const { timer } = state;
    if (!timer) return;
    const left = 'left' in timer ? timer.left : timer.endsAt - now();
    record({ type: 'timer', timer: paused ? { left } : { endsAt: now() + left } });
  }

  /** @throws SandboxError when there is nothing to do it with */
  async function drive(action: DriveAction): Promise<number> {
    switch (action.do) {
      case 'show':
        show(action);
        break;
      case 'screen':
        record({ type: 'screen', shows: action.shows });
        break;
      case 'ask':
        ask(action.step);
        break;
      case 'close-question':
        requireQuestion();
        record({ type: 'closed' });
        break;
      case 'reveal':
        requireQuestion();
        record({ type: 'revealed' });
        break;
      case 'drop-question':
        record({ type: 'cancelled' });
        break;
      case 'ready-check':
        record({ type: 'ready-check', open: action.open });
        break;
      case 'timer':
        record({ type: 'timer', timer: action.left === null ? null : { endsAt: now() + action.left } });
        break;
      case 'pause-timer':
        pause(action.paused);
        break;
      case 'reset-all':
        record({ type: 'reset' });
        return ownRuns.endAll('The instructor has ended all runs.');
      case 'end':
        return end();
    }
    return 0;
  }

  function requireQuestion(): void {
    if (!currentQuestion(state)) throw new SandboxError('no-question', 'The room is not asked anything at present.');
  }

  async function end(): Promise<number> {
    record({ type: 'over' });
    const ended = await ownRuns.endAll('The workshop is over.');
    over.abort();
    return ended;
  }

  return {
    code,
    address,
    /** The driver's key. It works at this machine only. */
    firstKey,
    /** Aborts when the workshop is over. */
    signal: over.signal,
    runs,
    ownRuns,
    agenda,
    visitor: passes.visitor,
    isOfAnother: passes.isOfAnother,
    newKey: passes.newKey,
    /** Calls the listener whenever there may be something new to send, until the returned function is called. */
    subscribe: notices.subscribe,

    /**
     * Somebody enters with the code of the room.
     * @param hold takes room for a participant, and returns what gives it back
     * @throws SandboxError `wrong-code`, `too-many`
     */
    enter(typed: string, hold: () => () => void): EnteredWorkshop {
      if (readCode(typed) !== code)
        throw new SandboxError('wrong-code', 'This is not the code of the room. The projector shows it.');
      over.signal.addEventListener('abort', hold());
      const { token, visitor } = passes.admit();
      const handle = newHandle(new Set([...state.participants.values()].map(({ handle }) => handle)));
      record({ type: 'entered', participant: visitor.id, handle });
      return { token, role: 'participant', handle };
    },

    /**
     * Somebody enters with a key.
     * @param atMachine whether they are at this machine
     * @throws SandboxError `wrong-code`; `already-driven` when the driver's first key is used beside a page that drives
     */
    redeem(key: string, { takeOver, atMachine }: { takeOver: boolean; atMachine: boolean }): EnteredWorkshop {
      const { token, visitor } = passes.redeem(key, atMachine, () => takeOver || drivers === 0);
      if (visitor.role === 'driver') drivers = 0;
      version += 1;
      notices.soon();
      return { token, role: visitor.role, handle: null };
    },

    /** Whether the holder still has their role: another driver may have taken the room over. */
    holds: passes.holds,

    /** Counts a page as open until the returned function is called. */
    attend(visitor: Visitor): () => void {
      const { role, id } = visitor;
      const count = (here: boolean) => {
        if (role === 'participant') record({ type: 'here', participant: id, here });
        if (role !== 'driver' || !passes.holds(visitor)) return;
        drivers = here ? drivers + 1 : Math.max(0, drivers - 1);
        version += 1;
        notices.soon();
      };
      count(true);
      return () => count(false);
    },

    drive,

    /** @throws SandboxError `no-question` when it is not asked any more, `bad-request` for a choice that it does not have */
    answer(participant: string, { question: id, variant, choice }: RoomAnswer): void {
      const question = currentQuestion(state);
      if (question?.id !== id || question.phase !== 'open')
        throw new SandboxError('no-question', 'This question is closed. Your answer came too late.');
      if (!question.variants.includes(variant) || choice >= question.choices.length)
        throw new SandboxError('bad-request', 'This question has no such answer.');
      record({ type: 'answered', participant, variant, choice });
    },

    ready: (participant: string, ready: boolean) => record({ type: 'ready', participant, ready }),

    /** Presses a button of the driver's page. */
    press(press: Press): void {
      for (const listener of presses) listener(press);
    },
    onPress(listener: (press: Press) => void): () => void {
      presses.add(listener);
      return () => presses.delete(listener);
    },

    get version() {
      return version;
    },
    /** A RoomView as JSON, written once for all pages. The time left on the timer is at most 100 ms old. */
    roomText(): string {
      const at = now();
      if (written.version !== version || Math.abs(at - written.at) > longestKept) {
        const view: RoomView = roomView(state, { code, address, driven: drivers > 0, now: at });
        written = { version, at, text: JSON.stringify(view) };
      }
      return written.text;
    },
    participantView: (id: string): ParticipantView | undefined => participantView(state, id),
    driverView: (): DriverView => driverView(state),
    /** The questions of the summary. */
    get questions() {
      return countedQuestions(state);
    },
    end,
  };

  function driverView({ participants, shown, shownSoFar }: WorkshopState): DriverView {
    const question = currentQuestion(state);
    const [run] = runs.shown;
    return {
      participants: [...participants].map(([id, { handle, pages, ready }]) => ({
        ...{ handle, ready, here: pages > 0, own: ownRuns.of(id) },
        answered: question !== null && hasAnswered(question, id),
      })),
      ...{ shownSoFar: [...shownSoFar], asked: countedQuestions(state).length, addresses },
      place: shown && run ? placeOf(shown, run) : null,
    };
  }
}

const placeOf = ({ scenario, variant, store, steps }: ShownRuns, run: Run): DriverView['place'] => ({
  ...{ scenario, variant, store, pace: run.header.pace, step: steps ?? run.started },
});

const nothingShown = () =>
  new SandboxError('no-question', 'The room is not shown any scenario yet. Open one, then ask its question.');
