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
  | { type: 'revealed' }
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
      return { ...state, screen: event.shows };
    case 'asked':
      return {
        ...state,
        questions: [...state.questions, { ...event.question, phase: 'open', answers: new Map() }],
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
      return changeQuestion(state, 'open', () => ({ phase: 'closed' }));
    case 'revealed':
      return changeQuestion(state, null, () => ({ phase: 'revealed' }));
    case 'dropped':
      return { ...changeQuestion(state, 'open', () => ({ phase: 'closed' })), dropped: true };
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

/** The step that answers a question closes it. Another scenario takes it away. */
function afterShown(state: WorkshopState, shown: ShownRuns): WorkshopState {
  const { scenario } = shown;
  const shownSoFar = state.shownSoFar.includes(scenario) ? state.shownSoFar : [...state.shownSoFar, scenario];
  const after = { ...state, shown, shownSoFar };
  const question = currentQuestion(after);
  return question && question.scenario !== scenario ? apply(after, { type: 'dropped' }) : after;
}
