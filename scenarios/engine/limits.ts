/**
 * A model of how long a login lasts: what express-session, connect-redis and the app's absolute limit do with a cookie and a record
 * while somebody clicks at regular intervals. All times are in ms. Pure. A test plays its answers on the app.
 */
import { hours, minutes } from './durations.ts';

/** The settings of the app, and how often Alice clicks. */
export interface Limits {
  /** The maxAge of the cookie; null: it lasts until the browser is closed. */
  maxAge: number | null;
  /** The time to live that each request gives the record; null: connect-redis takes it from the cookie. */
  idle: number | null;
  /** How long after the login the app ends a session, however active it is; null: never. */
  absolute: number | null;
  /** Whether each response sends the cookie again, with its full maxAge. */
  rolling: boolean;
  /** The time between two clicks. */
  every: number;
}

/** How long a cookie or a record still lives. */
export type Left = number | 'no expiry' | 'gone';

/** A request of Alice, and what is left after its response. */
export interface Click {
  /** Since the login. The login itself is the first click, at 0. */
  at: number;
  status: number;
  cookie: Left;
  record: Left;
}

/** The most clicks after the login. Anyone who is logged in after them is still logged in. */
export const mostClicks = 100;

/** The longest limit that can be played. */
export const longestLimit = hours(7 * 24);

/** The settings of the app under study. */
export const usualLimits: Limits = {
  maxAge: minutes(30),
  idle: null,
  absolute: hours(8),
  rolling: true,
  every: minutes(5),
};

/** The time to live that connect-redis gives a record whose cookie has no maxAge. */
const recordDefault = hours(24);

const never = Number.POSITIVE_INFINITY;

/** Returns the time to live that each request gives the record. */
export const timeToLive = ({ idle, maxAge }: Limits) => idle ?? maxAge ?? recordDefault;

/** Returns the login and all clicks up to the first one that is refused; at most `mostClicks` of them. */
export function modelClicks(limits: Limits): Click[] {
  const { maxAge, absolute, rolling, every } = limits;
  const cookieLife = maxAge ?? never;
  const recordLife = timeToLive(limits);
  let [cookieEnd, recordEnd] = [cookieLife, recordLife];
  const clicks: Click[] = [{ at: 0, status: 200, cookie: leftOf(cookieEnd, 0), record: leftOf(recordEnd, 0) }];
  for (let at = every; at <= mostClicks * every; at += every) {
    const sendsCookie = at < cookieEnd;
    const findsRecord = at < recordEnd;
    const tooOld = absolute !== null && at >= absolute;
    const accepted = sendsCookie && findsRecord && !tooOld;
    if (accepted) {
      // express-session touches the record with each request, and sends the cookie again only if it is rolling.
      recordEnd = at + recordLife;
      if (rolling) cookieEnd = at + cookieLife;
    } else if (sendsCookie && findsRecord) {
      // The app deletes the record and clears the cookie, but only when a request shows it that the session is too old.
      [cookieEnd, recordEnd] = [at, at];
    }
    clicks.push({
      at,
      status: accepted ? 200 : 401,
      cookie: leftOf(cookieEnd, at),
      record: leftOf(recordEnd, at),
    });
    if (!accepted) break;
  }
  return clicks;
}

function leftOf(end: number, at: number): Left {
  if (end === never) return 'no expiry';
  return end > at ? end - at : 'gone';
}

/** What ended a login, and when. The cookie and the record may expire at the same time. */
export interface LoginEnd {
  at: number;
  by: 'cookie' | 'record' | 'both' | 'absolute';
}

/** Returns what ended the login; null if the last click was still accepted. */
export function loginEnd(clicks: readonly Click[], { absolute }: Pick<Limits, 'absolute'>): LoginEnd | null {
  const refused = clicks.at(-1)!;
  const before = clicks.at(-2);
  if (refused.status === 200 || !before) return null;
  const [cookieEnd, recordEnd] = [endAfter(before, 'cookie'), endAfter(before, 'record')];
  const first = Math.min(cookieEnd, recordEnd);
  if (first > refused.at) return { at: absolute ?? refused.at, by: 'absolute' };
  if (Math.abs(cookieEnd - recordEnd) < tolerance) return { at: first, by: 'both' };
  return { at: first, by: cookieEnd < recordEnd ? 'cookie' : 'record' };
}

/** Returns when a cookie or record ends, as far as is known after a click; infinity without an expiry. */
export function endAfter(click: Click, what: 'cookie' | 'record'): number {
  const left = click[what];
  if (left === 'gone') return click.at;
  return left === 'no expiry' ? never : click.at + left;
}

/** Cookies expire at whole seconds, and an answer takes a few ms. */
export const tolerance = 2000;

/** Returns the first click in which two runs differ, by its index; null if they agree. */
export function firstDisagreement(model: readonly Click[], measured: readonly Click[]): number | null {
  const length = Math.max(model.length, measured.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [model[index], measured[index]];
    if (!one || !other || one.status !== other.status) return index;
    if (!agree(one, other, 'cookie') || !agree(one, other, 'record')) return index;
  }
  return null;
}

/** A run takes time, so each click is a little later. What it renews has the same time left then; what it does not has the same end. */
function agree(one: Click, other: Click, what: 'cookie' | 'record'): boolean {
  const [left, otherLeft]: Left[] = [one[what], other[what]];
  if (typeof left !== 'number' || typeof otherLeft !== 'number') return left === otherLeft;
  const apart = Math.min(Math.abs(left - otherLeft), Math.abs(endAfter(one, what) - endAfter(other, what)));
  return apart < tolerance;
}
