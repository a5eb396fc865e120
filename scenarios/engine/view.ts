/** What is visible at a moment of a trace. */
import type { JarView, KeyView } from './marks.ts';
import type { MemoryView } from './memory.ts';
import type {
  ActorOutline,
  Answer,
  Differs,
  EventOf,
  KeyChanged,
  RedisCommand,
  RequestFailed,
  RequestSent,
  ResponseReceived,
  StepOutline,
  TraceHeader,
  Untrue,
} from './trace.ts';

export interface View {
  header: TraceHeader;
  /** Number of events folded. */
  position: number;
  /** Sandbox milliseconds of the last event folded. */
  at: number;
  /** The last step that has started; null before the first. */
  step: number | null;
  /** `seq` of the event with which it started; 0 before the first. */
  since: number;
  /** Sandbox milliseconds of that event; 0 before the first. */
  sinceAt: number;
  /** Whether that step has not ended yet. */
  running: boolean;
  /** Whether something was done by hand since it started. */
  byHand: boolean;
  steps: StepView[];
  actors: ActorView[];
  /** Sorted by name. A deleted or expired key stays, marked, until the next step starts. */
  keys: KeyView[];
  /** What the app's processes have in their own memory, where they keep records there; also what they looked for and did not find. */
  memory: MemoryView[];
  /** Every request so far with everything it caused. */
  exchanges: Exchange[];
  /** Every mail that the app has sent so far. */
  mails: EventOf<'mail'>[];
  /** Pages that a Back button showed without a request. */
  pagesShown: EventOf<'page-shown'>[];
  /** Where a browser went no further, oldest first. */
  stops: EventOf<'stopped'>[];
  /** What scripts of pages did with document.cookie, oldest first. */
  scripts: EventOf<'script'>[];
  /** What the app wrote to its audit log, oldest first. */
  audits: EventOf<'audit'>[];
  /** Restarts of the app, oldest first. */
  restarts: EventOf<'restart'>[];
  /** What disturbed the app or Redis, and what ended that, oldest first. */
  faults: EventOf<'fault'>[];
  /** `seq` of the last restart of the app, which loses what its processes have in memory; null before the first. */
  restarted: number | null;
  /** Sandbox milliseconds that were jumped. */
  jumped: number;
  /** Sandbox time until which the step waits; null when it does not wait. */
  waitingUntil: number | null;
  /** Why Redis cannot be reached; null when it can. */
  storeLost: string | null;
  /** A sentence while Redis answers slowly. */
  storeSlow: string | null;
  /** `seq` of the last time that Redis was started again, empty; null before the first. */
  emptied: number | null;
  /** Whether a fault keeps every command of the app from being answered. */
  cutOff: boolean;
  /** Whether the app did not reach Redis when the step started. */
  startedCutOff: boolean;
  /** Why the sandbox ended; null while it is open. */
  ended: string | null;
}

export interface StepView {
  index: number;
  outline: StepOutline;
  state: 'ahead' | 'running' | 'played' | 'failed';
  error: string | null;
  ms: number | null;
  ask: { expected: Answer; actual: Answer; holds: boolean } | null;
  /** What its narration claims and the trace contradicts. */
  untrue: Untrue[];
  /** What the virtual browser did differently than the real one that was used. */
  differs: Differs[];
}

export interface ActorView {
  outline: ActorOutline;
  cookies: JarView[];
}

export interface Exchange {
  request: RequestSent;
  response: ResponseReceived | null;
  failure: RequestFailed | null;
  /** What came in a response that stays open, and how that ended; null when the response was whole at once. */
  stream: { messages: EventOf<'stream-message'>[]; ended: EventOf<'stream-ended'> | null } | null;
  commands: RedisCommand[];
  keys: KeyChanged[];
}

/** Returns the view before anything happened. */
export function emptyView(header: TraceHeader): View {
  return {
    header,
    position: 0,
    at: 0,
    step: null,
    since: 0,
    sinceAt: 0,
    running: false,
    byHand: false,
    steps: header.scenario.steps.map((outline, index) => ({
      index,
      outline,
      state: 'ahead',
      error: null,
      ms: null,
      ask: null,
      untrue: [],
      differs: [],
    })),
    actors: header.scenario.actors.map((outline) => ({ outline, cookies: [] })),
    keys: [],
    memory: [],
    exchanges: [],
    mails: [],
    pagesShown: [],
    stops: [],
    scripts: [],
    audits: [],
    restarts: [],
    faults: [],
    restarted: null,
    emptied: null,
    cutOff: false,
    startedCutOff: false,
    jumped: 0,
    waitingUntil: null,
    storeLost: null,
    storeSlow: null,
    ended: null,
  };
}

/** Whether a response stays open, because the app sends events in it. */
export const isStream = ({ headers }: Pick<ResponseReceived, 'headers'>): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'));
