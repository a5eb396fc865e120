/** What is true in a workshop, as a pure function of what has happened in it. */

import type { Variant } from '../../scenarios/engine/trace.ts';
import type { RoomQuestion, ShownRuns } from '../../scenarios/engine/workshop.ts';

/** What happens in a workshop. Times are milliseconds since 1970: a laptop that slept must not stop the timer. */
export type WorkshopEvent =
  | { type: 'entered'; participant: string; handle: string }
  | { type: 'here'; participant: string; here: boolean }
  | { type: 'shown'; shown: ShownRuns }
  | { type: 'screen'; shows: WorkshopState['screen'] }
  | { type: 'asked'; question: AskedQuestion }
  | { type: 'answered'; participant: string; variant: Variant; choice: number }
  | { type: 'closed' }
  /** A step of a run that is shown has started: its index. */
  | { type: 'played'; step: number }
  | { type: 'revealed' }
  /** The driver takes the question away. */
  | { type: 'cancelled' }
  | { type: 'dropped' }
  | { type: 'ready-check'; open: boolean }
  | { type: 'ready'; participant: string; ready: boolean }
  | { type: 'timer'; timer: Timer | null }
  | { type: 'reset' }
  | { type: 'over' };

/** What of a question stays as it is. */
interface AskedQuestion extends Pick<RoomQuestion, 'id' | 'scenario' | 'step' | 'question' | 'choices' | 'variants'> {
  /** The index of the choice that each app is expected to answer. */
  expected: Partial<Record<Variant, number>>;
}

/** It ends at a time, or it is paused with so many milliseconds left. */
type Timer = { endsAt: number } | { left: number };

export interface Question extends AskedQuestion {
  phase: RoomQuestion['phase'];
  /** Whether the driver took it back before it was revealed or its step was played. */
  cancelled: boolean;
  /** The choices of each participant, by variant. */
  answers: ReadonlyMap<string, Partial<Record<Variant, number>>>;
}

export interface Participant {
  handle: string;
  /** How many pages they have open. */
  pages: number;
  ready: boolean;
}

export interface WorkshopState {
  /** In the order in which they entered. */
  participants: ReadonlyMap<string, Participant>;
  screen: 'join' | 'run';
  shown: ShownRuns | null;
  /** Slugs, each once, in the order in which they were first shown. */
  shownSoFar: readonly string[];
  /** Every question that was asked. The last one is in front of the room, unless it was dropped. */
  questions: readonly Question[];
  dropped: boolean;
  readyCheck: boolean;
  timer: Timer | null;
  resets: number;
  over: boolean;
}

export const newWorkshop: WorkshopState = {
  participants: new Map(),
  screen: 'join',
  shown: null,
  shownSoFar: [],
  questions: [],
  dropped: true,
  readyCheck: false,
  timer: null,
  resets: 0,
  over: false,
};

/** Returns the question in front of the room; null when there is none. */
export const currentQuestion = ({ questions, dropped }: WorkshopState): Question | null =>
  dropped ? null : (questions.at(-1) ?? null);

/** Returns the questions whose counts are worth keeping: those that somebody answered, and that were not taken back. */
export const countedQuestions = ({ questions }: WorkshopState): readonly Question[] =>
  questions.filter(({ cancelled, answers }) => !cancelled && answers.size > 0);

/** Returns the state after an event. What does not fit the state, such as an answer that comes too late, changes nothing. */
export function apply(state: WorkshopState, event: WorkshopEvent): WorkshopState {
  switch (event.type) {
    case 'entered':
      return withParticipant(state, event.participant, { handle: event.handle, pages: 0, ready: false });
    case 'here':
      return changeParticipant(state, event.participant, ({ pages }) => ({ pages: pages + (event.here ? 1 : -1) }));
    case 'shown':
      return afterShown(state, event.shown);
    case 'screen':
      return onScreen(state, event.shows);
    case 'asked':
      return {
        ...onScreen(state, 'run'),
        questions: [...state.questions, { ...event.question, phase: 'open', cancelled: false, answers: new Map() }],
        dropped: false,
      };
    case 'answered':
      return changeQuestion(state, 'open', ({ answers }) => ({
        answers: new Map(answers).set(event.participant, {
          ...answers.get(event.participant),
          [event.variant]: event.choice,
        }),
      }));
    case 'closed':
      return changeQuestion(state, 'open', closed);
    case 'revealed':
      return changeQuestion(changeQuestion(state, 'open', closed), 'closed', () => ({ phase: 'revealed' }));
    case 'played':
      return afterPlayed(state, event.step);
    case 'cancelled':
      return {
        ...changeQuestion(changeQuestion(state, 'open', closed), 'closed', () => ({ cancelled: true })),
        dropped: true,
      };
    case 'dropped':
      return { ...changeQuestion(state, 'open', closed), dropped: true };
    case 'ready-check':
      return { ...state, readyCheck: event.open, participants: event.open ? nobodyReady(state) : state.participants };
    case 'ready':
      return changeParticipant(state, event.participant, () => ({ ready: event.ready }));
    case 'timer':
      return { ...state, timer: event.timer };
    case 'reset':
      return { ...state, resets: state.resets + 1 };
    case 'over':
      return { ...state, over: true };
  }
}

const withParticipant = (state: WorkshopState, id: string, participant: Participant): WorkshopState => ({
  ...state,
  participants: new Map(state.participants).set(id, participant),
});

function changeParticipant(
  state: WorkshopState,
  id: string,
  change: (before: Participant) => Partial<Participant>,
): WorkshopState {
  const before = state.participants.get(id);
  return before ? withParticipant(state, id, { ...before, ...change(before) }) : state;
}

const nobodyReady = ({ participants }: WorkshopState) =>
  new Map([...participants].map(([id, participant]) => [id, { ...participant, ready: false }]));

/** @param phase changes nothing in a question of another phase; null: of any phase */
function changeQuestion(
  state: WorkshopState,
  phase: Question['phase'] | null,
  change: (before: Question) => Partial<Question>,
): WorkshopState {
  const question = currentQuestion(state);
  if (!question || (phase !== null && question.phase !== phase)) return state;
  return { ...state, questions: [...state.questions.slice(0, -1), { ...question, ...change(question) }] };
}

const closed = (): Partial<Question> => ({ phase: 'closed' });

const onScreen = (state: WorkshopState, screen: WorkshopState['screen']): WorkshopState =>
  state.screen === screen ? state : { ...state, screen };

/** Another scenario is projected, and takes the question of the one before away. A run that starts again takes its answer away. */
function afterShown(state: WorkshopState, shown: ShownRuns): WorkshopState {
  const { scenario } = shown;
  const isOther = state.shown?.scenario !== scenario;
  const startsAgain = state.shown?.runs.join() !== shown.runs.join();
  const shownSoFar = state.shownSoFar.includes(scenario) ? state.shownSoFar : [...state.shownSoFar, scenario];
  const after = { ...(isOther ? onScreen(state, 'run') : state), shown, shownSoFar };
  const question = currentQuestion(after);
  const leaves = question && (question.scenario !== scenario || (startsAgain && question.phase === 'played'));
  return leaves ? apply(after, { type: 'dropped' }) : after;
}

/** The step is what everybody looks at. It gives the answer to its question, and takes that of an earlier step away. */
function afterPlayed(state: WorkshopState, step: number): WorkshopState {
  const after = onScreen(state, 'run');
  const question = currentQuestion(after);
  if (!question || question.step > step) return after;
  if (question.step < step) return apply(after, { type: 'dropped' });
  return question.phase === 'played' ? after : changeQuestion(after, null, () => ({ phase: 'played' }));
}
