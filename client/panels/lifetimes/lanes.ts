/**
 * The model of the lifetimes: from when to when each session cookie, session record and other key lived, and when its end was
 * put off. Pure; knows nothing of pixels and nothing of now.
 */
import { actorsIn } from '../../../scenarios/engine/identity.ts';
import type {
  ActorOutline,
  JarChanged,
  KeyChanged,
  RecordedCookie,
  TraceEvent,
  TraceHeader,
} from '../../../scenarios/engine/trace.ts';

/** A moment at which an end was set. */
export interface Tooth {
  /** Sandbox ms. */
  at: number;
  /** Sandbox ms at which it will end if nothing else happens; null: never. */
  expiresAt: number | null;
}

export interface Life {
  /** The session it stands for; null for what is not a session. */
  sid: string | null;
  /** At least one: its beginning. */
  teeth: Tooth[];
  /** Known only when it was told. A cookie's expiry, for one, is not: the browser just stops having it. */
  end: { at: number; how: 'expired' | 'deleted' | 'removed' | 'replaced' } | null;
  /** Sandbox ms at which the app's absolute limit is over, for a session that knows its login. */
  limitAt?: number;
}

export interface Lane {
  id: string;
  kind: 'cookie' | 'record' | 'key';
  /** "Cookie", "Record", or the name of a key. */
  label: string;
  /** Whose browser a cookie is in; null for what is in Redis. */
  owner: string | null;
  lives: Life[];
}

/** Other keys are left out where they would make it more lanes than can be seen at once: the lanes are for sessions. */
export const lanesAtOnce = 4;

/** The lanes of what happened: the actors' cookies, then the records, then other keys where they are few. */
export function lifeLanes(events: readonly TraceEvent[], header: TraceHeader): Lane[] {
  const { namespace, ...clocks } = header;
  const actors = actorsIn(header, events);
  const cookies = new Map<string, Lane>();
  const keys = new Map<string, Lane>();
  for (const event of events) {
    if (event.type === 'jar') applyJar(cookies, event, actors);
    if (event.type === 'key') applyKey(keys, event, namespace, clocks);
  }
  const sessionCookies = [...cookies.values()].filter(({ lives }) => lives.some(({ sid }) => sid !== null));
  const records = [...keys.values()].filter(({ kind }) => kind === 'record');
  const others = [...keys.values()].filter(({ kind }) => kind === 'key');
  const sessions = [
    ...actors.flatMap(({ name }) => sessionCookies.filter(({ id }) => id.startsWith(`${name} `))),
    ...records,
  ];
  return sessions.length + others.length <= lanesAtOnce ? [...sessions, ...others] : sessions;
}

/** Sandbox ms of its end as far as it is known at its last event; null when it has none in sight. */
export function endOf(life: Life): number | null {
  return life.end ? life.end.at : life.teeth.at(-1)!.expiresAt;
}

/** The life of a lane at a moment: the one that goes on, or else the last one before. Undefined before the first. */
export function lifeAt({ lives }: Lane, at: number): Life | undefined {
  return lives.findLast(({ teeth }) => teeth[0]!.at <= at);
}

/** How a lane stands at a moment. `left` is in ms, null for what has no end; `how` it ended where it is over. */
export type Standing = { life: Life; left: number | null } | { life: Life; how: string };

/** Undefined before its first life. */
export function standing(lane: Lane, at: number): Standing | undefined {
  const life = lifeAt(lane, at);
  if (!life) return undefined;
  if (life.end && life.end.at <= at) return { life, how: life.end.how };
  const { expiresAt } = life.teeth.findLast((tooth) => tooth.at <= at)!;
  if (expiresAt === null) return { life, left: null };
  return expiresAt <= at ? { life, how: 'expired' } : { life, left: expiresAt - at };
}

function applyJar(lanes: Map<string, Lane>, event: JarChanged, actors: readonly ActorOutline[]): void {
  const seen = new Set<string>();
  for (const cookie of event.cookies) {
    const id = `${event.actor} ${cookie.name} ${cookie.domain} ${cookie.path}`;
    seen.add(id);
    const owner = actors.find(({ name }) => name === event.actor)?.label ?? event.actor;
    const lane = lanes.get(id) ?? { id, kind: 'cookie', label: 'Cookie', owner, lives: [] };
    lanes.set(id, lane);
    keepCookie(lane, cookie, event);
  }
  for (const [id, lane] of lanes) {
    if (id.startsWith(`${event.actor} `) && !seen.has(id)) close(lane, event.at, 'removed');
  }
}

function keepCookie(lane: Lane, cookie: RecordedCookie, { at, cause }: JarChanged): void {
  const { expiresAt, sid } = cookie;
  const last = lane.lives.at(-1);
  if (last && last.sid === sid && last.teeth.at(-1)!.expiresAt === expiresAt && last.end === null) return;
  // The jar still lists what its browser has dropped already.
  if (expiresAt !== null && expiresAt <= at) return;
  if (last && last.sid !== sid) close(lane, at, 'replaced');
  // A real browser's clock did not jump with ours: what seems to have run out meanwhile has not.
  if (last && cause.by === 'own-clock' && last.end === null) last.teeth.push({ at, expiresAt });
  else add(lane, sid, { at, expiresAt });
}

type Clocks = Pick<TraceHeader, 'limits' | 'startedAt'>;

function applyKey(lanes: Map<string, Lane>, event: KeyChanged, namespace: string, clocks: Clocks): void {
  const { key, sid, change, at, expiresAt } = event;
  const name = key.startsWith(namespace) ? key.slice(namespace.length) : key;
  const known = lanes.get(key);
  if (change === 'deleted' || change === 'expired') {
    if (known) close(known, at, change);
    return;
  }
  const lane = known ?? { id: key, kind: sid ? 'record' : 'key', label: sid ? 'Record' : name, owner: null, lives: [] };
  lanes.set(key, lane);
  add(lane, sid, { at, expiresAt });
  const loginAt = loginIn(event);
  if (loginAt !== null) lane.lives.at(-1)!.limitAt = loginAt - clocks.startedAt + clocks.limits.absolute;
}

/** When the login was, as the app wrote it into the record, in ms since 1970; null where it did not. */
function loginIn({ value }: KeyChanged): number | null {
  if (value?.type !== 'string' || !value.data.includes('"loginAt":')) return null;
  try {
    const { loginAt } = JSON.parse(value.data) as { loginAt?: unknown };
    return typeof loginAt === 'number' ? loginAt : null;
  } catch {
    return null;
  }
}

/** One more tooth for the life that goes on, or a new life. */
function add(lane: Lane, sid: string | null, tooth: Tooth): void {
  const last = lane.lives.at(-1);
  const due = last?.teeth.at(-1)?.expiresAt ?? null;
  if (due !== null && due <= tooth.at) close(lane, due, 'expired');
  if (last && last.end === null) last.teeth.push(tooth);
  else lane.lives.push({ sid, teeth: [tooth], end: null });
}

function close(lane: Lane, at: number, how: NonNullable<Life['end']>['how']): void {
  const last = lane.lives.at(-1);
  if (!last || last.end) return;
  const due = last.teeth.at(-1)!.expiresAt;
  last.end = due !== null && due <= at ? { at: due, how: 'expired' } : { at, how };
}
