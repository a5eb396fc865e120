/**
 * The trace reader: computes what is visible after the first `position` events. Nothing else folds a trace. The page is a
 * cursor over it; the terminal report reads its end. Pure.
 */

import type { Fault } from './faults.ts';
import { applyJar, applyKey, forgetMarks, type JarView, type KeyView } from './marks.ts';
import { applyMemory, forgetMemoryMarks, type MemoryView } from './memory.ts';
import { olderRecord, olderValue } from './older.ts';
import type {
  ActorOutline,
  Answer,
  EventOf,
  KeyChanged,
  RedisCommand,
  RequestFailed,
  RequestSent,
  ResponseReceived,
  StepOutline,
  Trace,
  TraceEvent,
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
  /** Whether that step has not ended yet. */
  running: boolean;
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
  /** `seq` of the last restart of the app, which loses what its processes have in memory; null before the first. */
  restarted: number | null;
  /** Sandbox milliseconds that were jumped. */
  jumped: number;
  /** Sandbox time until which the step waits; null when it does not wait. */
  waitingUntil: number | null;
  /** Why Redis cannot be reached; null when it can. */
  storeLost: string | null;
  /** `seq` of the last time that Redis was started again, empty; null before the first. */
  emptied: number | null;
  /** Whether a fault keeps every command of the app from being answered. */
  cutOff: boolean;
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
    running: false,
    steps: header.scenario.steps.map((outline, index) => ({
      index,
      outline,
      state: 'ahead',
      error: null,
      ms: null,
      ask: null,
      untrue: [],
    })),
    actors: header.scenario.actors.map((outline) => ({ outline, cookies: [] })),
    keys: [],
    memory: [],
    exchanges: [],
    mails: [],
    pagesShown: [],
    stops: [],
    restarted: null,
    emptied: null,
    cutOff: false,
    jumped: 0,
    waitingUntil: null,
    storeLost: null,
    ended: null,
  };
}

/** Returns what is visible after the first `position` events. Default: after all events. */
export function read(trace: Pick<Trace, 'header' | 'events'>, position = trace.events.length): View {
  return trace.events.slice(0, position).reduce(fold, emptyView(trace.header));
}

/** Returns how many events there are up to the end of a step; null if it has not ended. */
export function endOfStep(events: readonly TraceEvent[], step: number): number | null {
  const end = events.findIndex((event) => event.type === 'step-ended' && event.step === step);
  return end === -1 ? null : end + 1;
}

/** Returns the view after one more event. It shares what did not change with the given view, which is left as it is. */
export function fold(view: View, event: TraceEvent): View {
  return { ...applyEvent(view, event), position: view.position + 1, at: event.at };
}

function applyEvent(view: View, event: TraceEvent): View {
  switch (event.type) {
    case 'step-started':
      return {
        ...withStep(view, event.step, { state: 'running' }),
        step: event.step,
        since: event.seq,
        running: true,
        keys: forgetMarks(view.keys),
        memory: forgetMemoryMarks(view.memory, view.at),
        actors: view.actors.map((actor) => ({ ...actor, cookies: forgetMarks(actor.cookies) })),
      };
    case 'step-ended':
      return {
        ...withStep(view, event.step, {
          state: event.error === null ? 'played' : 'failed',
          error: event.error,
          ms: event.ms,
          untrue: event.untrue ?? [],
        }),
        running: false,
        waitingUntil: null,
      };
    case 'joined': {
      const { actor } = event;
      return { ...view, actors: [...view.actors, { outline: actor, cookies: [] }] };
    }
    case 'ask': {
      const { expected, actual, holds } = event;
      return withStep(view, event.step, { ask: { expected, actual, holds } });
    }
    case 'request': {
      const exchange: Exchange = {
        request: event,
        response: null,
        failure: null,
        stream: null,
        commands: [],
        keys: [],
      };
      return { ...view, exchanges: [...view.exchanges, exchange] };
    }
    case 'response':
      return withExchange(view, event.request, () => ({
        response: event,
        stream: isStream(event) ? { messages: [], ended: null } : null,
      }));
    case 'stream-message':
      return withExchange(view, event.request, ({ stream }) => ({
        stream: stream && { ...stream, messages: [...stream.messages, event] },
      }));
    case 'stream-ended':
      return withExchange(view, event.request, ({ stream }) => ({ stream: stream && { ...stream, ended: event } }));
    case 'request-failed':
      return withExchange(view, event.request, () => ({ failure: event }));
    case 'command':
      return withExchange(view, event.request, ({ commands }) => ({ commands: [...commands, event] }));
    case 'key': {
      const { cause } = event;
      const changed = { ...view, keys: applyKey(view.keys, event, view.header.namespace) };
      if (cause.by !== 'command') return changed;
      const owner = view.exchanges.find(({ commands }) => commands.some(({ id }) => id === cause.command));
      return withExchange(changed, owner?.request.id ?? null, ({ keys }) => ({ keys: [...keys, event] }));
    }
    case 'memory':
      return { ...view, memory: applyMemory(view.memory, event) };
    case 'jar': {
      const { cause } = event;
      const exchange =
        cause.by === 'response' ? view.exchanges.findLast(({ request }) => request.id === cause.request) : undefined;
      return {
        ...view,
        actors: view.actors.map((actor) =>
          actor.outline.name === event.actor
            ? { ...actor, cookies: applyJar(actor.cookies, event, exchange?.response?.cookies) }
            : actor,
        ),
      };
    }
    case 'restart':
      return { ...view, restarted: event.seq };
    case 'page-shown':
      return { ...view, pagesShown: [...view.pagesShown, event] };
    case 'stopped':
      return { ...view, stops: [...view.stops, event] };
    case 'wait':
      return { ...view, waitingUntil: event.at + event.ms };
    case 'time':
      return event.how === 'jumped' ? jump(view, event.ms) : { ...view, waitingUntil: null };
    case 'store':
      return { ...view, storeLost: event.status === 'lost' ? event.why : null };
    case 'fault':
      return {
        ...view,
        cutOff: cutsOff(event.fault) ?? view.cutOff,
        emptied: event.fault.is === 'started-empty' ? event.seq : view.emptied,
      };
    case 'ended':
      return { ...view, ended: event.why };
    case 'mail':
      return { ...view, mails: [...view.mails, event] };
    case 'script':
    case 'audit':
    case 'cookie-planted':
    case 'cookie-copied':
    case 'manual-action':
      return view;
  }
}

/** Whether a response stays open, because the app sends events in it. */
export const isStream = ({ headers }: Pick<ResponseReceived, 'headers'>): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'));

/** Returns whether no command is answered since a fault; null for a fault that does not change that. */
function cutsOff(fault: Fault): boolean | null {
  switch (fault.is) {
    case 'disconnected':
    case 'held':
      return fault.command === null ? true : null;
    case 'frozen':
    case 'crashed':
      return true;
    case 'connected-again':
    case 'released':
    case 'thawed':
    case 'started-empty':
    case 'restarted-empty':
      return false;
    default:
      return null;
  }
}

/** What is stored grows older, and that is no change of it: nothing is marked. */
const jump = (view: View, ms: number): View => ({
  ...view,
  jumped: view.jumped + ms,
  keys: view.keys.map((key) => ({
    ...key,
    value: key.value && olderValue(key.value, ms),
    before: key.before && olderValue(key.before, ms),
  })),
  memory: view.memory.map((record) => ({
    ...record,
    value: record.value && olderRecord(record.value, ms),
    before: record.before && olderRecord(record.before, ms),
  })),
});

function withStep(view: View, index: number, change: Partial<StepView>): View {
  return { ...view, steps: view.steps.map((step) => (step.index === index ? { ...step, ...change } : step)) };
}

function withExchange(view: View, id: number | null, change: (exchange: Exchange) => Partial<Exchange>): View {
  if (id === null) return view;
  return {
    ...view,
    exchanges: view.exchanges.map((exchange) =>
      exchange.request.id === id ? { ...exchange, ...change(exchange) } : exchange,
    ),
  };
}
