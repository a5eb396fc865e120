/** What a person sees of a key and of a cookie, and how it is marked as changed until the next step starts. */
import type { JarChanged, JarCookie, KeyCause, KeyChanged, KeyValue } from './trace.ts';

export type Mark = 'added' | 'changed' | 'removed';

export interface KeyView {
  /** With its namespace. */
  key: string;
  /** Without it, as the app knows it: `sess:…`. */
  name: string;
  /** The value now; of a key that is gone, the last one it had. */
  value: KeyValue | null;
  /** The value when the step started; null where there was none. For showing a difference. */
  before: KeyValue | null;
  expiresAt: number | null;
  mark: Mark | null;
  /** How the last change came about: a value set, a time to live refreshed, deleted, expired. */
  change: KeyChanged['change'];
  cause: KeyCause;
  /** Sandbox milliseconds of that change. */
  changedAt: number;
}

export interface JarView {
  cookie: JarCookie;
  /** The same cookie when the step started; null where there was none. */
  before: JarCookie | null;
  mark: Mark | null;
}

export function forgetMarks(views: KeyView[]): KeyView[];
export function forgetMarks(views: JarView[]): JarView[];
export function forgetMarks(views: (KeyView | JarView)[]): (KeyView | JarView)[] {
  return views
    .filter(({ mark }) => mark !== 'removed')
    .map((view) =>
      'cookie' in view ? { ...view, before: view.cookie, mark: null } : { ...view, before: view.value, mark: null },
    );
}

export function applyKey(views: KeyView[], event: KeyChanged, namespace: string): KeyView[] {
  const { key, change, cause, expiresAt } = event;
  const old = views.find((view) => view.key === key);
  const gone = change === 'deleted' || change === 'expired';
  if (gone && !old) return views;
  const existed = old !== undefined && old.before !== null;
  const view: KeyView = {
    key,
    name: key.startsWith(namespace) ? key.slice(namespace.length) : key,
    value: gone ? (old?.value ?? null) : event.value,
    before: old?.before ?? null,
    expiresAt,
    mark: gone ? 'removed' : existed ? 'changed' : 'added',
    change,
    cause,
    changedAt: event.at,
  };
  return [...views.filter((other) => other !== old), view].sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function applyJar(views: JarView[], event: JarChanged): JarView[] {
  const present = event.cookies.map((cookie): JarView => {
    const old = views.find((view) => sameCookie(view.cookie, cookie));
    const before = old?.before ?? null;
    if (before === null) return { cookie, before, mark: 'added' };
    return { cookie, before, mark: equal(before, cookie) ? null : 'changed' };
  });
  const gone = views
    .filter((view) => !event.cookies.some((cookie) => sameCookie(view.cookie, cookie)))
    .map((view): JarView => ({ ...view, mark: 'removed' }));
  return [...present, ...gone];
}

/** RFC 6265bis section 5.7 step 23: these are a cookie's identity; a change of anything else is the same cookie, changed. */
function sameCookie(a: JarCookie, b: JarCookie): boolean {
  return a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path;
}

/** A jar keeps whole milliseconds of another clock: an expiry that moved by less than this has not been moved. Milliseconds. */
const sameMoment = 20;

function equal(a: JarCookie, b: JarCookie): boolean {
  const { expiresAt: endOfA, ...restOfA } = a;
  const { expiresAt: endOfB, ...restOfB } = b;
  const sameEnd = endOfA === null || endOfB === null ? endOfA === endOfB : Math.abs(endOfA - endOfB) < sameMoment;
  return (
    sameEnd && (Object.keys(restOfA) as (keyof typeof restOfA)[]).every((field) => restOfA[field] === restOfB[field])
  );
}
