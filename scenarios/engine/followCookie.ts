/** The moments of a cookie in one browser: where it is set, sent, held back, changed, renewed and ended. Pure. */
import { isFor } from './cookieHosts.ts';
import { jarCause, pathOf } from './eventText.ts';
import type { Followed } from './followed.ts';
import { labelOf } from './identity.ts';
import type { Happened, MomentReader, Past } from './moments.ts';
import type { JarChanged, RecordedCookie, RequestSent, ResponseReceived, TraceEvent } from './trace.ts';

type FollowedCookie = Extract<Followed, { what: 'cookie' }>;

/**
 * Returns a function that says what an event means for the cookies of one name in a browser. There are several where their domains
 * or paths differ (RFC 6265bis section 5.7 step 23), and all of them are sent.
 */
export function cookieReader({ actor, cookie: name }: FollowedCookie, past: Past): MomentReader {
  let held: readonly RecordedCookie[] = [];
  return (event) => {
    if (event.type === 'jar' && event.actor === actor) {
      const before = held;
      held = event.cookies.filter((cookie) => cookie.name === name && lives(cookie, event.at));
      return inJar(before, held, event, past);
    }
    if (held.some((cookie) => !lives(cookie, event.at))) {
      held = held.filter((cookie) => lives(cookie, event.at));
      return ['ended', 'expired, so the browser has dropped it'];
    }
    switch (event.type) {
      case 'request':
        return event.actor === actor ? inRequest(event, name, held) : null;
      case 'response':
        return past.senders.get(event.request) === actor ? inResponse(event, name, held) : null;
      case 'cookie-copied':
        return event.victim === actor && event.name === name
          ? ['checked', `copied by ${labelOf(past.header, event.actor)}`]
          : null;
      case 'script':
        return event.actor === actor && event.wrote === null && nameInHeader(event.result, name)
          ? ['checked', `read by a script of ${event.origin}`]
          : null;
      default:
        return null;
    }
  };
}

const lives = ({ expiresAt }: RecordedCookie, at: number) => expiresAt === null || expiresAt > at;

const nameInHeader = (header: string, name: string) =>
  header.split(';').some((pair) => pair.split('=')[0]!.trim() === name);

function inRequest(
  { method, url, cookies, headers }: RequestSent,
  name: string,
  held: readonly RecordedCookie[],
): Happened | null {
  const request = `${method} ${pathOf(url)}`;
  const own = cookies.filter((cookie) => cookie.name === name);
  const sent = own.filter((cookie) => cookie.sent);
  if (sent.length > 1) return ['sent', `sent with ${request}, ${sent.length} cookies of this name`];
  if (sent.length === 1) return ['sent', `sent with ${request}`];
  const header = headers.find(([other]) => other.toLowerCase() === 'cookie')?.[1] ?? '';
  if (own.length === 0 && nameInHeader(header, name)) return ['sent', `sent with ${request}, written by hand`];
  // That a browser does not send a cookie to other hosts is nothing to tell.
  const kept = own[0];
  return kept && held.some((cookie) => isFor(cookie, url)) ? ['kept', `not sent with ${request}: ${kept.why}`] : null;
}

/** A cookie that is new to the browser, changed or removed is told by the change of its jar. */
function inResponse({ cookies }: ResponseReceived, name: string, held: readonly RecordedCookie[]): Happened | null {
  const own = cookies.filter((cookie) => cookie.name === name);
  const refused = own.find(({ outcome }) => outcome === 'refused');
  if (refused) return ['refused', `refused by the browser: ${refused.why}`];
  const again = own.some(
    ({ outcome, header }) => outcome === 'stored' && held.some(({ value }) => isSetTo(header, value)),
  );
  return again ? ['renewed', 'set again, with the same value'] : null;
}

const isSetTo = (header: string, value: string) => /^[^=]*=([^;]*)/.exec(header)?.[1]?.trim() === value;

function inJar(
  before: readonly RecordedCookie[],
  after: readonly RecordedCookie[],
  { cause, at }: JarChanged,
  { header }: Past,
): Happened | null {
  const other = (cookie: RecordedCookie, jar: readonly RecordedCookie[]) =>
    jar.find(({ domain, path }) => domain === cookie.domain && path === cookie.path);
  const why = jarCause(cause, (actor) => labelOf(header, actor));
  const added = after.find((cookie) => !other(cookie, before));
  if (added) {
    const how = why.replace(/^, /, '');
    if (before.length === 0) return ['made', how];
    return ['stored', `${how}: a second one, for ${added.domain} and ${added.path}`];
  }
  const removed = before.find((cookie) => !other(cookie, after));
  if (removed && !lives(removed, at)) return ['ended', 'expired, so the browser has dropped it'];
  if (removed) return ['ended', `deleted${cause.by === 'response' ? ' by the response' : why}`];
  const changed = after.some((cookie) => other(cookie, before)?.value !== cookie.value);
  return changed ? ['changed', `another value${why}`] : null;
}

/** Whether an event shows the cookie, apart from its moments. @param senders the actor of each request */
export function isCookieOf(
  event: TraceEvent,
  { actor, cookie: name }: FollowedCookie,
  senders: ReadonlyMap<number, string>,
): boolean {
  switch (event.type) {
    case 'response':
      return senders.get(event.request) === actor && event.cookies.some((cookie) => cookie.name === name);
    case 'jar':
      return event.actor === actor && event.cookies.some((cookie) => cookie.name === name);
    case 'cookie-planted':
    case 'cookie-copied':
      return event.victim === actor && event.name === name;
    default:
      return false;
  }
}
