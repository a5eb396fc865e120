/** The actors, sessions and keys of a trace by name. Pure. */
import type { ActorOutline, TraceEvent, TraceHeader } from './trace.ts';

/** The learner, who joins with their own browser. No scenario may have an actor of that name. */
export const learner: ActorOutline = { name: 'you', label: 'You', role: 'person' };

/** Returns everyone in the trace, in the order of their lanes: the scenario's actors, then the learner if they joined. */
export function actorsIn(header: TraceHeader, events: readonly TraceEvent[]): ActorOutline[] {
  const joined = events.flatMap((event) => (event.type === 'joined' ? [event.actor] : []));
  return [...header.scenario.actors, ...joined];
}

/** Returns the name people read; an unknown actor's name stays as it is. */
export function labelOf(header: TraceHeader, actor: string): string {
  return [...header.scenario.actors, learner].find(({ name }) => name === actor)?.label ?? actor;
}

/** "Alice’s", or "Your". */
export const possessive = (label: string) => (label === learner.label ? 'Your' : `${label}’s`);

/** Returns a key as the app knows it: without the sandbox's namespace. */
export function keyName(key: string, namespace: string): string {
  return key.startsWith(namespace) ? key.slice(namespace.length) : key;
}

/** The value express-session signs: `s:<id>.<HMAC-SHA256 in base64>`, percent-encoded in the cookie. */
interface SignedValue {
  prefix: string;
  sid: string;
  signature: string;
}

/** Splits a signed cookie value into its three parts; returns null for any other value. */
export function parseSignedValue(value: string): SignedValue | null {
  let decoded = value;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    // A value that cannot be decoded may still look signed.
  }
  const match = /^(s:)([^.]+)\.(.+)$/.exec(decoded);
  return match ? { prefix: match[1]!, sid: match[2]!, signature: match[3]! } : null;
}

/** Returns the session id in a signed session cookie; undefined without a cookie, or when it is not signed. */
export function sidOf(cookie: { value: string } | undefined): string | undefined {
  return cookie && parseSignedValue(cookie.value)?.sid;
}

/** Returns the session ids an event is about: its own, and those of the cookies in it. */
export function sidsOf(event: TraceEvent): string[] {
  const own = 'sid' in event ? [event.sid] : [];
  const inCookies = 'cookies' in event ? event.cookies.map(({ sid }) => sid) : [];
  return [...own, ...inCookies].filter((sid) => sid !== null);
}

/** Events that show a session somewhere: a session record in Redis or in memory, a cookie in a browser, or an ID that somebody typed. */
const showsSession = (event: TraceEvent) => /^(key|memory|jar|request|cookie-planted|cookie-copied)$/.test(event.type);

/** Returns the session ids in the order in which they first appeared. The index decides a session's color everywhere. */
export function sessionIds(events: readonly TraceEvent[]): string[] {
  return [...new Set(events.filter(showsSession).flatMap(sidsOf))];
}
