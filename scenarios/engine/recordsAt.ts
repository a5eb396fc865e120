/** The session records at a moment: where each stands, its state, and whom it names. */
import type { KeyView } from './marks.ts';
import { type MemoryView, processesOf, processLabel } from './memory.ts';
import type { View } from './read.ts';
import { basketOf } from './recordBasket.ts';
import { fieldsOf, nameFor, pendingIn, type RecordUser, type SessionRecord, userIn } from './sessionRecord.ts';
import { tokenOf, tokensIn } from './tokenRecord.ts';
import { toldUser, unseen } from './told.ts';
import type { KeyCause, KeyValue } from './trace.ts';

/**
 * Returns a function that looks up what a session ID names, whether that exists or not: a signed token, a record in Redis, or, where
 * the app keeps records in memory, one record in each process.
 *
 * @param now sandbox ms; records that have expired by then are shown so
 */
export function recordsAt(view: View, now: number): (sid: string) => SessionRecord[] {
  const keys = new Map(view.keys.flatMap((key) => (key.sid === null ? [] : [[key.sid, key] as const])));
  const tokens = tokensIn(view);
  const inMemory = memoryIn(view);
  return (sid) =>
    tokens.has(sid)
      ? [tokenOf(sid, tokens.get(sid)!, view, now)]
      : inMemory.isFound(sid)
        ? processesOf(view.header).map((process) => inMemoryOf(process, sid, inMemory.usesOf(sid), view, now))
        : [recordOf(sid, keys.get(sid), view, now)];
}

function recordOf(sid: string, key: KeyView | undefined, view: View, now: number): SessionRecord {
  if (!key) {
    if (view.header.told) return unseen(sid, view, atStart(view));
    const user = knownUser(sid, view);
    const state = user ? 'elsewhere' : 'none';
    return {
      kind: 'session',
      sid,
      process: null,
      state,
      mark: null,
      expiresAt: null,
      user,
      before: user,
      waitsFor: null,
    };
  }
  const lapsed = key.mark !== 'removed' && key.expiresAt !== null && key.expiresAt <= now;
  const gone = key.mark === 'removed' || lapsed;
  if (!gone && (view.cutOff || view.storeLost !== null)) {
    const before = userIn(sid, textOf(key.before), atStart(view));
    return {
      kind: 'session',
      sid,
      process: null,
      state: 'unreachable',
      mark: null,
      expiresAt: null,
      user: null,
      before,
      waitsFor: null,
    };
  }
  return {
    kind: 'session',
    sid,
    process: null,
    state: !gone ? 'live' : lapsed || key.change === 'expired' ? 'expired' : stateAfter(key.cause, view),
    mark: lapsed ? 'removed' : key.mark,
    expiresAt: gone ? null : key.expiresAt,
    user: gone ? null : (userIn(sid, textOf(key.value), view) ?? toldUser(sid, view)),
    before: userIn(sid, textOf(key.before), atStart(view)) ?? toldUser(sid, atStart(view)),
    waitsFor: gone ? null : pendingIn(textOf(key.value), view),
    basket: gone ? null : basketOf(textOf(key.value), textOf(key.before), view),
  };
}

/** What the app's processes have in their memory, by session. */
function memoryIn({ memory, keys, exchanges }: View) {
  const uses = new Map<string, MemoryView[]>();
  for (const one of memory) uses.set(one.sid, [...(uses.get(one.sid) ?? []), one]);
  const usesOf = (sid: string) => uses.get(sid) ?? [];
  const inRedis = new Set(keys.filter(({ mark }) => mark !== 'removed').map(({ sid }) => sid));
  /** The `seq` of the last command about each session. Without memory, nobody asks. */
  const commands = memory.length === 0 ? [] : exchanges.flatMap((exchange) => exchange.commands);
  const lastCommand = new Map(commands.map(({ sid, seq }) => [sid ?? null, seq]));
  return {
    usesOf,
    /** Whether the app finds this record there: it used it there last, or a copy has outlived that in Redis. */
    isFound(sid: string): boolean {
      const own = usesOf(sid);
      if (!inRedis.has(sid) && own.some(({ state }) => state === 'live')) return true;
      return own.some(({ seq }) => seq > (lastCommand.get(sid) ?? -1));
    },
  };
}

function inMemoryOf(process: string, sid: string, uses: readonly MemoryView[], view: View, now: number): SessionRecord {
  const found = uses.find((one) => one.process === process);
  const named = { kind: 'session', sid, process: processLabel(view.header, process) } as const;
  if (!found) return { ...named, state: 'none', mark: null, expiresAt: null, user: null, before: null, waitsFor: null };
  const lapsed = found.state === 'live' && found.expiresAt !== null && found.expiresAt <= now;
  const { expiresAt, state, value, before } = found;
  const live = state === 'live' && !lapsed;
  return {
    ...named,
    state: lapsed ? 'kept' : state,
    mark: lapsed ? null : found.mark,
    expiresAt: live ? expiresAt : null,
    user: live ? userIn(sid, value, view) : null,
    before: userIn(sid, before, atStart(view)),
    waitsFor: live ? pendingIn(value, view) : null,
    basket: live ? basketOf(value, before, view) : null,
  };
}

/** Returns whom the app last took a session for that it never looked up in Redis: it keeps the records elsewhere. */
function knownUser(sid: string, view: View): RecordUser | null {
  const { restarted } = view;
  const exchanges = view.exchanges.filter(({ request }) => restarted === null || request.seq > restarted);
  if (view.exchanges.some(({ commands }) => commands.some((command) => command.sid === sid))) return null;
  const about = exchanges.filter(({ request, response }) => request.sid === sid || response?.sid === sid);
  const last = about.findLast(
    ({ response }) => response && (response.status === 401 || 'email' in fieldsOf(response.body)),
  );
  const { id, role } = fieldsOf(last?.response?.status === 200 ? last.response.body : '');
  if (typeof id !== 'number') return null;
  return { id, name: nameFor(sid, id, view), role: typeof role === 'string' ? role : '' };
}

function stateAfter({ by }: KeyCause, { emptied, faults, since }: View): SessionRecord['state'] {
  if (by === 'redis-restart') return 'lost';
  // Another program has filled the memory of Redis in this step: nobody else deletes keys of the sandbox from outside.
  if (by === 'outside' && faults.some(({ seq, fault }) => fault.is === 'filled' && seq >= since)) return 'evicted';
  // A crashed server deletes nothing by a command: the keys are gone when it is back.
  if (by === 'outside' && emptied !== null && emptied >= since) return 'lost';
  return by === 'eviction' ? 'evicted' : 'deleted';
}

/** What was answered since the step started says nothing about whom a record named then. */
const atStart = (view: View): View => ({
  ...view,
  exchanges: view.exchanges.filter(({ request }) => request.seq < view.since),
});

/** Returns the text of a key's value; null if it has none, or is of another type. */
export const textOf = (value: KeyValue | null) => (value?.type === 'string' ? value.data : null);
