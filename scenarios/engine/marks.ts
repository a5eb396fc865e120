/** How keys and cookies look at a moment, and which of them are marked as changed since the step started. Pure. */
import { keyName } from './identity.ts';
import type {
  JarChanged,
  JarCookie,
  KeyCause,
  KeyChanged,
  KeyValue,
  RecordedCookie,
  ResponseReceived,
} from './trace.ts';

export type Mark = 'added' | 'changed' | 'removed';

export interface KeyView {
  /** With its namespace. */
  key: string;
  /** Without it, as the app knows it: `sess:…`. */
  name: string;
  /** The session whose record it is; null for any other key. */
  sid: string | null;
  /** The current value; of a deleted or expired key, the last one. */
  value: KeyValue | null;
  /** The value when the step started; null when there was none. */
  before: KeyValue | null;
  expiresAt: number | null;
  mark: Mark | null;
  /** The kind of the last change. */
  change: KeyChanged['change'];
  cause: KeyCause;
  /** Sandbox milliseconds of that change. */
  changedAt: number;
}

export interface JarView {
  cookie: RecordedCookie;
  /** The same cookie when the step started; null when there was none. */
  before: RecordedCookie | null;
  mark: Mark | null;
}

/**
 * Removes all marks, because a step starts: what is there now is what later changes are compared with. What had no mark stays the same
 * object, so that a page does not draw it again.
 */
export function forgetMarks(views: KeyView[]): KeyView[];
export function forgetMarks(views: JarView[]): JarView[];
export function forgetMarks(views: (KeyView | JarView)[]): (KeyView | JarView)[] {
  return views
    .filter(({ mark }) => mark !== 'removed')
    .map((view) => {
      const before = 'cookie' in view ? view.cookie : view.value;
      return view.mark === null && view.before === before ? view : ({ ...view, before, mark: null } as typeof view);
    });
}

/**
 * Returns a key after a change. A deleted or expired key stays, marked as removed; null for one that was not there.
 * @param old undefined when there was no such key
 */
export function keyAfter(old: KeyView | undefined, event: KeyChanged, namespace: string): KeyView | null {
  const { key, sid, change, expiresAt } = event;
  const removed = change === 'deleted' || change === 'expired';
  if (removed && !old) return null;
  const existed = old !== undefined && old.before !== null;
  // A time to live that is set behind the value, in the same step: what made the key is what counts.
  const made = change === 'ttl' && old?.mark && old.change === 'set' ? old : event;
  return {
    key,
    name: keyName(key, namespace),
    sid,
    value: removed ? (old?.value ?? null) : event.value,
    before: old?.before ?? null,
    expiresAt,
    mark: removed ? 'removed' : existed ? 'changed' : 'added',
    change: made.change,
    cause: made.cause,
    changedAt: event.at,
  };
}

/**
 * Returns the cookies after a change of their jar. A cookie that is no longer in the jar stays, marked as removed.
 *
 * @param received the cookies of the response that changed the jar
 */
export function applyJar(views: JarView[], event: JarChanged, received: ResponseReceived['cookies'] = []): JarView[] {
  const olds = new Map(views.map((view) => [identityOf(view.cookie), view]));
  const now = new Set(event.cookies.map(identityOf));
  const present = event.cookies.map((cookie): JarView => {
    const old = olds.get(identityOf(cookie));
    const before = old?.before ?? null;
    if (before === null) return { cookie, before, mark: 'added' };
    const renewed =
      received.some((one) => renews(one, cookie)) || (old?.mark === 'changed' && equal(old.cookie, cookie));
    return { cookie, before, mark: equal(before, cookie) && !renewed ? null : 'changed' };
  });
  const removed = views
    .filter((view) => !now.has(identityOf(view.cookie)))
    .map((view): JarView => ({ ...view, mark: 'removed' }));
  return [...present, ...removed];
}

/**
 * Whether a Set-Cookie header gave a cookie its lifetime again. It has whole seconds, so within one second even the expiry is the
 * same as before.
 */
function renews({ header, name, outcome, sid }: ResponseReceived['cookies'][number], cookie: RecordedCookie): boolean {
  const path = /;\s*path=([^;]*)/i.exec(header)?.[1] ?? cookie.path;
  return (
    outcome === 'stored' &&
    cookie.expiresAt !== null &&
    name === cookie.name &&
    (sid ?? null) === cookie.sid &&
    path === cookie.path
  );
}

/** These fields identify a cookie (RFC 6265bis section 5.7 step 23). If any other field differs, the cookie was changed. */
const identityOf = ({ name, domain, hostOnly, path, partition = '' }: JarCookie) =>
  JSON.stringify([name, domain, hostOnly, path, partition]);

/** A jar rounds expiries to whole milliseconds of another clock, so smaller differences are no change. Milliseconds. */
const sameMoment = 20;

function equal(a: JarCookie, b: JarCookie): boolean {
  const { expiresAt: endOfA, ...restOfA } = a;
  const { expiresAt: endOfB, ...restOfB } = b;
  const sameEnd = endOfA === null || endOfB === null ? endOfA === endOfB : Math.abs(endOfA - endOfB) < sameMoment;
  return (
    sameEnd && (Object.keys(restOfA) as (keyof typeof restOfA)[]).every((field) => restOfA[field] === restOfB[field])
  );
}
