/**
 * The trace reader: what was visible after the first `position` events. Pure, and the only place that folds a trace: the page
 * is a cursor over it, the terminal report reads the end of it.
 */
import { applyJar, applyKey, forgetMarks, type JarView, type KeyView } from './marks.ts';
import type {
  ActorOutline,
  Answer,
  KeyChanged,
  RedisCommand,
  RequestFailed,
  RequestSent,
  ResponseReceived,
  StepOutline,
  Trace,
  TraceEvent,
  TraceHeader,
} from './trace.ts';

export interface View {
  header: TraceHeader;
  /** Events folded. */
  position: number;
  /** Sandbox milliseconds of the last event folded. */
  at: number;
  /** The step being looked at: the last one that had started. null before the first. */
  step: number | null;
  /** The step has started and not ended. */
  running: boolean;
  steps: StepView[];
  actors: ActorView[];
  /** By name; a key that went away stays, marked, until the next step starts. */
  keys: KeyView[];
  /** Every request so far with all it caused. */
  exchanges: Exchange[];
  /** Sandbox milliseconds that were jumped, not waited for. */
  jumped: number;
  /** Sandbox time until which a step really waits; null when none does. */
  waitingUntil: number | null;
  /** Why Redis cannot be reached; null while it can. */
  storeLost: string | null;
  /** Why the sandbox ended; null while it lives. */
  ended: string | null;
}

export interface StepView {
  index: number;
  outline: StepOutline;
  state: 'ahead' | 'running' | 'played' | 'failed';
  error: string | null;
  ms: number | null;
  ask: { expected: Answer; actual: Answer; holds: boolean } | null;
}

export interface ActorView {
  outline: ActorOutline;
  cookies: JarView[];
}

export interface Exchange {
  request: RequestSent;
  response: ResponseReceived | null;
  failure: RequestFailed | null;
  commands: RedisCommand[];
  keys: KeyChanged[];
}

/** The view before anything happened. */
export function emptyView(header: TraceHeader): View {
  return {
    header,
    position: 0,
    at: 0,
    step: null,
    running: false,
    steps: header.scenario.steps.map((outline, index) => ({
      index,
      outline,
      state: 'ahead',
      error: null,
      ms: null,
      ask: null,
    })),
    actors: header.scenario.actors.map((outline) => ({ outline, cookies: [] })),
    keys: [],
    exchanges: [],
    jumped: 0,
    waitingUntil: null,
    storeLost: null,
    ended: null,
  };
}

/** What was visible after the first `position` events; without a position, after all of them. */
export function read(trace: Trace, position = trace.events.length): View {
  return trace.events.slice(0, position).reduce(fold, emptyView(trace.header));
}

/** The view after one more event. Leaves the given view as it is and shares with it what did not change. */
export function fold(view: View, event: TraceEvent): View {
  return { ...see(view, event), position: view.position + 1, at: event.at };
}

function see(view: View, event: TraceEvent): View {
  switch (event.type) {
    case 'step-started':
      return {
        ...withStep(view, event.step, { state: 'running' }),
        step: event.step,
        running: true,
        keys: forgetMarks(view.keys),
        actors: view.actors.map((actor) => ({ ...actor, cookies: forgetMarks(actor.cookies) })),
      };
    case 'step-ended':
      return {
        ...withStep(view, event.step, {
          state: event.error === null ? 'played' : 'failed',
          error: event.error,
          ms: event.ms,
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
      const exchange: Exchange = { request: event, response: null, failure: null, commands: [], keys: [] };
      return { ...view, exchanges: [...view.exchanges, exchange] };
    }
    case 'response':
      return withExchange(view, event.request, () => ({ response: event }));
    case 'request-failed':
      return withExchange(view, event.request, () => ({ failure: event }));
    case 'command':
      return withExchange(view, event.request, ({ commands }) => ({ commands: [...commands, event] }));
    case 'key': {
      const { cause } = event;
      const seen = { ...view, keys: applyKey(view.keys, event, view.header.namespace) };
      if (cause.by !== 'command') return seen;
      const owner = view.exchanges.find(({ commands }) => commands.some(({ id }) => id === cause.command));
      return withExchange(seen, owner?.request.id ?? null, ({ keys }) => ({ keys: [...keys, event] }));
    }
    case 'jar':
      return {
        ...view,
        actors: view.actors.map((actor) =>
          actor.outline.name === event.actor ? { ...actor, cookies: applyJar(actor.cookies, event) } : actor,
        ),
      };
    case 'wait':
      return { ...view, waitingUntil: event.at + event.ms };
    case 'time':
      return event.how === 'jumped' ? { ...view, jumped: view.jumped + event.ms } : { ...view, waitingUntil: null };
    case 'store':
      return { ...view, storeLost: event.status === 'lost' ? event.why : null };
    case 'ended':
      return { ...view, ended: event.why };
    case 'page-shown':
    case 'script':
    case 'mail':
    case 'audit':
    case 'restart':
    case 'fault':
    case 'cookie-planted':
    case 'cookie-copied':
    case 'hand':
      return view;
  }
}

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
