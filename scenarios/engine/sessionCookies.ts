/** The session cookies of a browser at a moment: what changed, and why the app does not see one. Pure. */
import { isApp } from './lastAnswer.ts';
import type { JarView, Mark } from './marks.ts';
import type { Exchange, View } from './read.ts';
import { parseToken } from './token.ts';
import type { RecordedCookie } from './trace.ts';

export interface SessionCookie {
  /** null when the value holds no signed session ID any more: somebody edited it. Of a remember token, the key of its series. */
  sid: string | null;
  /** The first letters of a remember token, which is no session ID; null for a session cookie. */
  token: string | null;
  /** What happened to it since the step started. */
  mark: Mark | null;
  /** What changed, of a changed cookie: its session ID, its value, or only its lifetime, which it may not have had before. */
  change: 'new-id' | 'new-token' | 'new-value' | 'edited' | 'renewed' | 'given-expiry' | null;
  /** Why the app does not see it; null when it does, as far as the trace shows. */
  broken: Broken | null;
  /** It was in a Cookie header that the browser's jar did not make. */
  handMade: boolean;
  /**
   * The page of another site that made the browser send it in this step, and what the app answered. `read`: whether that page's
   * script could read the response to its GET; null when it could not try to.
   */
  sentFor: { page: string; status: number | null; read: boolean | null } | null;
}

/**
 * `not-sent`: by the rule in `why`. `refused`: the app did not accept its signature. `denied`: the app did not accept a token any more.
 * `not-found`: the app that got it looked for a record of its own and found none, although another app has one. `failed`: the app that
 * got it answered with an error of its own, or with nothing. `used`: a remember token that has been replaced.
 */
export type Broken =
  | { how: 'expired' | 'deleted' | 'refused' | 'denied' | 'not-found' | 'used' }
  | { how: 'not-sent'; why: string }
  | { how: 'failed'; status: number | null };

/** Returns the session cookies of a jar, in the order of the last Cookie header. @param sent the browser's requests in the step */
export function cookiesIn(
  jar: readonly JarView[],
  sent: readonly Exchange[],
  view: View,
  now: number,
): SessionCookie[] {
  const names = sessionCookieNames(view);
  const found = jar.flatMap(({ cookie, before, mark }) => {
    if (!names.has(cookie.name)) return [];
    const asked = sent.filter(({ request }) => request.cookies.some(isSame(cookie)));
    const last =
      asked.findLast(({ request }) => isFor(cookie, request.url)) ??
      asked.findLast(({ request }) => isBeside(cookie, request.url));
    const place = last?.request.cookies.findIndex(isSame(cookie)) ?? Number.POSITIVE_INFINITY;
    const use = last?.request.cookies[place];
    const broken = whyBroken(cookie, mark, last, view, now);
    const sentFor = use?.sent ? otherPage(last!, view) : null;
    return [
      {
        place,
        shown: {
          sid: cookie.sid,
          token: null,
          mark,
          change: changeOf(cookie, before, mark),
          broken,
          handMade: false,
          sentFor,
        } satisfies SessionCookie,
      },
    ];
  });
  return found.sort((a, b) => a.place - b.place).map(({ shown }) => shown);
}

/** Returns the names under which a session ID was seen so far. A cookie of such a name is meant for the session, whatever its value. */
function sessionCookieNames({ actors, exchanges }: View): Set<string> {
  const inJars = actors.flatMap(({ cookies }) => cookies.flatMap(({ cookie, before }) => [cookie, before ?? cookie]));
  const sent = exchanges.flatMap(({ request, response }) => [...request.cookies, ...(response?.cookies ?? [])]);
  return new Set([...inJars, ...sent].filter(({ sid }) => sid !== null).map(({ name }) => name));
}

/** Returns what changed of a cookie since the step started; null unless it is marked as changed. */
export function changeOf(
  cookie: RecordedCookie,
  before: RecordedCookie | null,
  mark: Mark | null,
): SessionCookie['change'] {
  if (mark !== 'changed' || !before) return null;
  if (cookie.sid !== before.sid) return cookie.sid === null ? 'edited' : 'new-id';
  if (cookie.value !== before.value) return cookie.sid === null ? 'new-value' : 'edited';
  return before.expiresAt === null && cookie.expiresAt !== null ? 'given-expiry' : 'renewed';
}

/** What changed, in the words that stand at a cookie. */
export const changeTexts = {
  'new-id': 'new ID',
  'new-token': 'new token',
  'new-value': 'new value',
  edited: 'edited',
  renewed: 'renewed',
  'given-expiry': 'expiry set',
} satisfies Record<NonNullable<SessionCookie['change']>, string>;

const isSame = (cookie: RecordedCookie) => (other: { name: string; value: string }) =>
  other.name === cookie.name && other.value === cookie.value;

/** Whether a request to that address could carry the cookie at all: its host is the cookie's (RFC 6265 section 5.1.3). */
export function isFor({ domain, hostOnly }: RecordedCookie, url: string): boolean {
  const host = hostIn(url);
  return host === domain || (!hostOnly && host.endsWith(`.${domain}`));
}

/** Whether an address is of another host of the same site, where the cookie could be expected: it is not sent there. */
function isBeside(cookie: RecordedCookie, url: string): boolean {
  const host = hostIn(url);
  return !isFor(cookie, url) && host.endsWith(`.${cookie.domain}`);
}

/** Returns the host in an absolute address, without its port; '' for anything else. The engine has no URL. */
const hostIn = (url: string) => /^[\w+.-]+:\/\/(\[[^\]]+\]|[^/:?#]+)/.exec(url)?.[1] ?? '';

function whyBroken(
  cookie: RecordedCookie,
  mark: Mark | null,
  last: Exchange | undefined,
  view: View,
  now: number,
): Broken | null {
  if (cookie.expiresAt !== null && cookie.expiresAt <= now) return { how: 'expired' };
  if (mark === 'removed') return { how: 'deleted' };
  const use = last?.request.cookies.find(isSame(cookie));
  if (use && !use.sent) return { how: 'not-sent', why: use.why };
  const failed = failureOf(last);
  if (failed) return failed;
  // express-session takes no value that it has not signed.
  if (cookie.sid === null) return { how: 'refused' };
  if (!last) return null;
  if (parseToken(cookie.value)) return last.response?.status === 401 ? { how: 'denied' } : null;
  return whyUnknown(last, cookie.sid, view);
}

/** An app that fails takes a browser for nobody, whatever its record says. An error of a cache or of another site says nothing. */
function failureOf(last: Exchange | undefined): Broken | null {
  if (!last) return null;
  if (last.failure) return { how: 'failed', status: null };
  const { response } = last;
  return response && response.status >= 500 && isApp(response.by) ? { how: 'failed', status: response.status } : null;
}

/**
 * Returns why the app answered 401 to a cookie. If it did not look the session up, the signature was wrong: express-session looks up
 * only what it has verified.
 */
function whyUnknown(
  { request, response, commands }: Exchange,
  sid: string,
  { exchanges, keys, memory }: View,
): Broken | null {
  const usesRedis = exchanges.some((exchange) => exchange.commands.some((command) => command.sid !== null));
  if ((!usesRedis && memory.length === 0) || response?.status !== 401) return null;
  if (memory.some((record) => record.sid === sid && record.seq > request.seq)) return null;
  const lookups = commands.filter((command) => command.sid === sid);
  if (lookups.length === 0) return { how: 'refused' };
  const exists = keys.some((key) => key.sid === sid && key.mark !== 'removed');
  return exists && lookups[0]!.reply === '(nil)' ? { how: 'not-found' } : null;
}

/** Of many guesses, only the last ones are drawn. */
const mostTyped = 2;

/** Session ids in the Cookie headers of a step that are not from the browser's jar, the last one first. */
export function handMadeCookies(sent: readonly Exchange[], view: View): SessionCookie[] {
  const byHand = sent.filter(({ request }) => !request.cookies.some(({ sid, sent }) => sent && sid === request.sid));
  const last = new Map<string, Exchange>();
  for (const exchange of byHand.toReversed()) {
    const { sid } = exchange.request;
    if (sid !== null && !last.has(sid) && last.size < mostTyped) last.set(sid, exchange);
  }
  return [...last].map(([sid, exchange]) => ({
    sid,
    token: null,
    mark: 'added',
    change: null,
    broken: failureOf(exchange) ?? whyUnknown(exchange, sid, view),
    handMade: true,
    sentFor: null,
  }));
}

/** Returns the page of another site that caused a request. A link that the user followed is none, nor is the app's own front end. */
export function otherPage(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  { header }: Pick<View, 'header'>,
): SessionCookie['sentFor'] {
  const headerOf = (name: string) => request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  if (headerOf('sec-fetch-site') !== 'cross-site' && headerOf('sec-fetch-site') !== 'same-site') return null;
  if (request.method === 'GET' && headerOf('sec-fetch-mode') === 'navigate') return null;
  const from = headerOf('origin') ?? headerOf('referer');
  if (header.frontEnds?.includes(from ?? '')) return null;
  const fetched = request.method === 'GET' && headerOf('sec-fetch-mode') === 'cors';
  return {
    page:
      hostIn(from ?? '') ||
      (headerOf('sec-fetch-site') === 'same-site' ? 'another host of the same site' : 'another site'),
    status: response?.status ?? null,
    read: fetched && response ? allowsReading(response, from) : null,
  };
}

/** The CORS check of the Fetch standard, for a request with credentials. */
function allowsReading({ headers }: NonNullable<Exchange['response']>, origin: string | undefined): boolean {
  const headerOf = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1];
  return headerOf('access-control-allow-origin') === origin && headerOf('access-control-allow-credentials') === 'true';
}
