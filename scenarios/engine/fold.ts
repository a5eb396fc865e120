/** Folds events into a view. However long a trace is, each event costs the same: only what it changes is touched. */
import type { Fault } from './faults.ts';
import { applyJar, forgetMarks, type KeyView, keyAfter } from './marks.ts';
import { forgetMemoryMarks, type MemoryView, memoryAfter } from './memory.ts';
import { olderRecord, olderValue } from './older.ts';
import type { TraceEvent } from './trace.ts';
import { type ActorView, type Exchange, isStream, type StepView, type View } from './view.ts';

/** Returns the view after more events. It shares what did not change with the given view, which is left as it is. */
export function foldAll(view: View, events: readonly TraceEvent[]): View {
  const draft = createDraft(view);
  for (const event of events) draft.add(event);
  return draft.finished();
}

/** Something stored, and how much had been jumped when it was last looked at. A jump ages it only when somebody looks again. */
interface Stored<What> {
  what: What;
  jumped: number;
}

/** A copy of a view that changes in place, with what finds its parts at once. */
function createDraft(given: View) {
  const view: View = { ...given };
  const { namespace } = view.header;
  const keys = new Map(given.keys.map((key) => [key.key, { what: key, jumped: view.jumped }]));
  const memory = new Map(given.memory.map((record) => [placeOf(record), { what: record, jumped: view.jumped }]));
  const actors = new Map(given.actors.map((actor) => [actor.outline.name, actor]));
  const exchanges = new Map(given.exchanges.map((exchange) => [exchange.request.id, exchange]));
  /** The exchanges that belong to this draft, so that they may be changed. */
  const own = new Set<Exchange>();
  const requestOf = new Map<number, number>();
  for (const { request, commands } of given.exchanges) for (const { id } of commands) requestOf.set(id, request.id);
  const lists = {
    mails: [...given.mails],
    pagesShown: [...given.pagesShown],
    stops: [...given.stops],
    scripts: [...given.scripts],
    audits: [...given.audits],
    restarts: [...given.restarts],
    faults: [...given.faults],
  };

  const aged = <What>({ what, jumped }: Stored<What>, older: (what: What, ms: number) => What): What =>
    jumped === view.jumped ? what : older(what, view.jumped - jumped);
  const stored = <What>(what: What): Stored<What> => ({ what, jumped: view.jumped });

  function change(step: number, changes: Partial<StepView>): void {
    view.steps = view.steps.map((one) => (one.index === step ? { ...one, ...changes } : one));
  }

  /** Returns the exchange, which may be changed. */
  function exchangeOf(id: number | null): Exchange | undefined {
    const found = id === null ? undefined : exchanges.get(id);
    if (!found || own.has(found)) return found;
    const { stream } = found;
    const copy: Exchange = {
      ...found,
      commands: [...found.commands],
      keys: [...found.keys],
      stream: stream && { ...stream, messages: [...stream.messages] },
    };
    exchanges.set(copy.request.id, copy);
    own.add(copy);
    return copy;
  }

  function forgetAllMarks(): void {
    const left = forgetMarks([...keys.values()].map((key) => aged(key, olderKey)));
    keys.clear();
    for (const key of left) keys.set(key.key, stored(key));
    for (const record of forgetMemoryMarks(
      [...memory.values()].map((record) => aged(record, olderMemory)),
      view.at,
    )) {
      memory.set(placeOf(record), stored(record));
    }
    for (const [name, actor] of actors) actors.set(name, { ...actor, cookies: forgetMarks(actor.cookies) });
  }

  function apply(event: TraceEvent): void {
    switch (event.type) {
      case 'step-started':
        change(event.step, { state: 'running' });
        Object.assign(view, { step: event.step, since: event.seq, sinceAt: event.at, running: true, byHand: false });
        view.startedCutOff = view.cutOff || view.storeLost !== null;
        forgetAllMarks();
        return;
      case 'step-ended': {
        const { error, ms, untrue = [], differs = [] } = event;
        change(event.step, { state: error === null ? 'played' : 'failed', error, ms, untrue, differs });
        Object.assign(view, { running: false, waitingUntil: null });
        return;
      }
      case 'joined':
        return void actors.set(event.actor.name, { outline: event.actor, cookies: [] });
      case 'ask': {
        const { expected, actual, holds } = event;
        change(event.step, { ask: { expected, actual, holds } });
        return;
      }
      case 'request': {
        const parts = { response: null, failure: null, stream: null, commands: [], keys: [] };
        const exchange: Exchange = { request: event, ...parts };
        own.add(exchange);
        return void exchanges.set(event.id, exchange);
      }
      case 'response': {
        const stream = isStream(event) ? { messages: [], ended: null } : null;
        return void Object.assign(exchangeOf(event.request) ?? {}, { response: event, stream });
      }
      case 'stream-message':
        return void exchangeOf(event.request)?.stream?.messages.push(event);
      case 'stream-ended':
        return void Object.assign(exchangeOf(event.request)?.stream ?? {}, { ended: event });
      case 'request-failed':
        return void Object.assign(exchangeOf(event.request) ?? {}, { failure: event });
      case 'command':
        if (event.request !== null) requestOf.set(event.id, event.request);
        return void exchangeOf(event.request)?.commands.push(event);
      case 'key': {
        const old = keys.get(event.key);
        const after = keyAfter(old && aged(old, olderKey), event, namespace);
        if (after) keys.set(event.key, stored(after));
        if (event.cause.by !== 'command') return;
        return void exchangeOf(requestOf.get(event.cause.command) ?? null)?.keys.push(event);
      }
      case 'memory': {
        const place = placeOf(event);
        const old = memory.get(place);
        const after = memoryAfter(old && aged(old, olderMemory), event);
        // The last one used is the last in the list.
        memory.delete(place);
        return void memory.set(place, stored(after));
      }
      case 'jar': {
        const { actor: name, cause } = event;
        const actor = actors.get(name);
        const response = cause.by === 'response' ? exchanges.get(cause.request)?.response : undefined;
        if (actor) actors.set(name, { ...actor, cookies: applyJar(actor.cookies, event, response?.cookies) });
        return;
      }
      case 'restart':
        view.restarted = event.seq;
        return void lists.restarts.push(event);
      case 'page-shown':
        return void lists.pagesShown.push(event);
      case 'stopped':
        return void lists.stops.push(event);
      case 'wait':
        view.waitingUntil = event.at + event.ms;
        return;
      case 'time':
        if (event.how === 'jumped') view.jumped += event.ms;
        else view.waitingUntil = null;
        return;
      case 'store':
        view.storeLost = event.status === 'lost' ? event.why : null;
        view.storeSlow = event.status === 'slow' ? event.why : null;
        return;
      case 'fault':
        view.cutOff = cutsOff(event.fault) ?? view.cutOff;
        if (event.fault.is === 'started-empty') view.emptied = event.seq;
        return void lists.faults.push(event);
      case 'ended':
        view.ended = event.why;
        return;
      case 'mail':
        return void lists.mails.push(event);
      case 'script':
        return void lists.scripts.push(event);
      case 'audit':
        return void lists.audits.push(event);
      case 'manual-action':
        view.byHand = true;
        return;
      case 'cookie-planted':
      case 'cookie-copied':
        return;
    }
  }

  return {
    add(event: TraceEvent): void {
      apply(event);
      view.position += 1;
      view.at = event.at;
    },
    finished: (): View => ({
      ...view,
      ...lists,
      keys: [...keys.values()].map((key) => aged(key, olderKey)).sort((a, b) => (a.key < b.key ? -1 : 1)),
      memory: [...memory.values()].map((record) => aged(record, olderMemory)),
      actors: [...actors.values()] satisfies ActorView[],
      exchanges: [...exchanges.values()],
    }),
  };
}

const placeOf = ({ process, sid }: Pick<MemoryView, 'process' | 'sid'>) => `${sid} ${process}`;

// What is stored grows older in a jump, and that is no change of it: nothing is marked.
const olderKey = (key: KeyView, ms: number): KeyView => ({
  ...key,
  value: key.value && olderValue(key.value, ms),
  before: key.before && olderValue(key.before, ms),
});
const olderMemory = (record: MemoryView, ms: number): MemoryView => ({
  ...record,
  value: record.value && olderRecord(record.value, ms),
  before: record.before && olderRecord(record.before, ms),
});

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
