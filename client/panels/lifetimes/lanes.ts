/**
 * The model of the lifetimes: when each session cookie, session record and other key existed, and when its expiry was set. It knows
 * neither pixels nor the current time. All times are in sandbox ms. Pure.
 */
import { actorsIn } from '../../../scenarios/engine/identity.ts';
import { topicOfKey } from '../../../scenarios/engine/subject.ts';
import type {
  ActorOutline,
  JarChanged,
  KeyChanged,
  RecordedCookie,
  TraceEvent,
  TraceHeader,
} from '../../../scenarios/engine/trace.ts';

/** A cookie or a key, and every time it existed. */
export interface Lane {
  id: string;
  kind: 'cookie' | 'record' | 'key';
  /** "Cookie", "Record", or the name of another key. */
  label: string;
  /** The actor whose browser stores a cookie; null for a key. */
  owner: string | null;
  /**
   * The name of a cookie, where an actor has several session cookies; its site and path too, if the names are the same. The prefix
   * of a record, where two apps have a record of one session.
   */
  detail: string | null;
  lifetimes: Lifetime[];
}

export interface Lifetime {
  /** The session; null for anything else. */
  sid: string | null;
  /** At least one, because a lifetime starts with one. */
  expiries: Expiry[];
  /** null unless the trace shows an end. A cookie can expire without an event: the browser just drops it. */
  end: { at: number; how: 'expired' | 'deleted' | 'removed' | 'replaced' } | null;
  /** When the app's absolute limit ends the session. Known if the record contains the time of the login. */
  limitAt?: number;
}

/** At a time, the expiry was set to another time, or to none (null). */
export interface Expiry {
  at: number;
  expiresAt: number | null;
}

/** The number of lanes that are visible at once. */
export const visibleLanes = 4;

/**
 * Returns the lanes: the session cookies, and those with a token that the scenario is about, in the order of their actors; then the
 * session records; then other keys that the scenario is about.
 */
export function lifetimeLanes(events: readonly TraceEvent[], header: TraceHeader): Lane[] {
  const actors = actorsIn(header, events);
  const cookies = new Map<string, Lane>();
  const keys = new Map<string, Lane>();
  for (const event of events) {
    if (event.type === 'jar') applyJar(cookies, event, actors);
    if (event.type === 'key') applyKey(keys, event, header);
  }
  const { subject } = header.scenario;
  const shown = [...cookies.values()].filter(
    ({ id, lifetimes }) => lifetimes.some(({ sid }) => sid !== null) || isTokenOf(id.split(' ')[1]!, subject),
  );
  const sessions = [
    ...actors.flatMap(({ name }) => withDetails(shown.filter(({ id }) => id.startsWith(`${name} `)))),
    ...withPrefixes([...keys.values()].filter(({ kind }) => kind === 'record')),
  ];
  // Whether there is room for them changes from step to step, and no lane may vanish.
  const others = [...keys.values()].filter(({ kind, label }) => kind === 'key' && topicOfKey(label, subject).subject);
  return [...sessions, ...others];
}

/** Whether a cookie holds the token of keys that the scenario is about: `__Host-remember` that of `remember:…`. */
function isTokenOf(cookie: string, subject: readonly string[]): boolean {
  return subject.some((pattern) => pattern === `${withoutPrefix(cookie)}:`);
}

/** "remember" of `__Host-remember`. */
const withoutPrefix = (cookie: string): string => cookie.replace(/^__(Host|Secure|Http|Host-Http)-/, '');

/** Tells the cookies of one actor apart. Their ids are the actor, the name, the domain and the path. */
function withDetails(lanes: readonly Lane[]): Lane[] {
  if (lanes.length < 2) return [...lanes];
  const names = lanes.map(({ id }) => id.split(' ')[1]!);
  const short = names.map(withoutPrefix);
  // Of `sid` and `__Host-sid`, the prefix is what tells them apart.
  const isClear = (name: string) => short.filter((one) => one === withoutPrefix(name)).length === 1;
  return lanes.map((lane) => {
    const [, name, domain, path] = lane.id.split(' ') as [string, string, string, string];
    const several = names.filter((one) => one === name).length > 1;
    return { ...lane, detail: several ? `${name} ${domain}${path}` : isClear(name) ? withoutPrefix(name) : name };
  });
}

/** Tells the records of one session apart. Their ids are the names of their keys. */
function withPrefixes(records: readonly Lane[]): Lane[] {
  const sidOf = ({ lifetimes }: Lane) => lifetimes[0]!.sid!;
  const sids = records.map(sidOf);
  return records.map((record) => {
    const sid = sidOf(record);
    const several = sids.filter((one) => one === sid).length > 1;
    return several ? { ...record, detail: record.id.replace(sid, '').replace(/^sandbox:[^:]+:/, '') } : record;
  });
}

/** Returns when a lifetime ended or will end, as far as its last event shows; null without an expiry. */
export function endOf({ end, expiries }: Lifetime): number | null {
  return end ? end.at : expiries.at(-1)!.expiresAt;
}

function applyJar(lanes: Map<string, Lane>, event: JarChanged, actors: readonly ActorOutline[]): void {
  const present = new Set<string>();
  for (const cookie of event.cookies) {
    const id = `${event.actor} ${cookie.name} ${cookie.domain} ${cookie.path}`;
    present.add(id);
    const owner = actors.find(({ name }) => name === event.actor)?.label ?? event.actor;
    const lane = lanes.get(id) ?? { id, kind: 'cookie', label: 'Cookie', owner, detail: null, lifetimes: [] };
    lanes.set(id, lane);
    applyCookie(lane, cookie, event);
  }
  for (const [id, lane] of lanes) {
    if (id.startsWith(`${event.actor} `) && !present.has(id)) close(lane, event.at, 'removed');
  }
}

function applyCookie(lane: Lane, { expiresAt, sid }: RecordedCookie, { at, cause }: JarChanged): void {
  const last = lane.lifetimes.at(-1);
  if (last && last.sid === sid && last.expiries.at(-1)!.expiresAt === expiresAt && last.end === null) return;
  // A jar still lists cookies that have expired.
  if (expiresAt !== null && expiresAt <= at) return;
  if (last && last.sid !== sid) close(lane, at, 'replaced');
  // The clock of a real browser does not jump, so a cookie has not expired there.
  if (last && cause.by === 'own-clock' && last.end === null) last.expiries.push({ at, expiresAt });
  else addExpiry(lane, sid, { at, expiresAt });
}

function applyKey(lanes: Map<string, Lane>, event: KeyChanged, header: TraceHeader): void {
  const { key, sid, change, at, expiresAt } = event;
  const known = lanes.get(key);
  if (change === 'deleted' || change === 'expired') {
    if (known) close(known, at, change);
    return;
  }
  const name = key.startsWith(header.namespace) ? key.slice(header.namespace.length) : key;
  const kind = sid ? ({ kind: 'record', label: 'Record' } as const) : ({ kind: 'key', label: name } as const);
  const lane = known ?? { id: key, ...kind, owner: null, detail: null, lifetimes: [] };
  lanes.set(key, lane);
  addExpiry(lane, sid, { at, expiresAt });
  const loginAt = loginTime(event);
  if (loginAt !== null) lane.lifetimes.at(-1)!.limitAt = loginAt - header.startedAt + header.limits.absolute;
}

/** Returns the time of the login in a session record, in ms since 1970; null if the app did not write it. */
function loginTime({ value }: KeyChanged): number | null {
  if (value?.type !== 'string' || !value.data.includes('"loginAt":')) return null;
  try {
    const { loginAt } = JSON.parse(value.data) as { loginAt?: unknown };
    return typeof loginAt === 'number' ? loginAt : null;
  } catch {
    return null;
  }
}

/** Adds an expiry to the current lifetime, or starts a new one. */
function addExpiry(lane: Lane, sid: string | null, expiry: Expiry): void {
  const last = lane.lifetimes.at(-1);
  const due = last?.expiries.at(-1)?.expiresAt ?? null;
  if (due !== null && due <= expiry.at) close(lane, due, 'expired');
  if (last && last.end === null) last.expiries.push(expiry);
  else lane.lifetimes.push({ sid, expiries: [expiry], end: null });
}

function close(lane: Lane, at: number, how: NonNullable<Lifetime['end']>['how']): void {
  const last = lane.lifetimes.at(-1);
  if (!last || last.end) return;
  const due = last.expiries.at(-1)!.expiresAt;
  last.end = due !== null && due <= at ? { at: due, how: 'expired' } : { at, how };
}
