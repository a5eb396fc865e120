/** Why the app does not see a session cookie, as far as the trace shows. What an app has refused stays refused. Pure. */
import { hostIn, isFor } from './cookieHosts.ts';
import { isApp } from './lastAnswer.ts';
import type { Mark } from './marks.ts';
import type { Exchange, View } from './read.ts';
import { parseToken } from './token.ts';
import type { RecordedCookie } from './trace.ts';

/**
 * `not-sent`: by the rule in `why`. `refused`: the app did not accept its signature. `denied`: the app did not accept a token any more.
 * `not-found`: the app that got it looked for a record of its own and found none, although another app has one. `hidden`: another
 * cookie of its name comes before it, and the app reads the first. `failed`: the app that got it answered with an error of its own, or
 * with nothing. `used`: a remember token that has been replaced.
 */
export type Broken =
  | { how: 'expired' | 'deleted' | 'refused' | 'denied' | 'not-found' | 'hidden' | 'used' }
  | { how: 'not-sent'; why: string }
  | { how: 'failed'; status: number | null };

/** Whether two cookies are one: a new value makes another cookie of it. */
export const isSame = (cookie: RecordedCookie) => (other: { name: string; value: string }) =>
  other.name === cookie.name && other.value === cookie.value;

/** @param last the last request of the step that could have carried it */
export function whyBroken(
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
  // Where the app had found the record before it failed, it knows who asks.
  if (failed && !hasFoundRecord(last, cookie.sid)) return failed;
  // express-session takes no value that it has not signed.
  if (cookie.sid === null) return { how: 'refused' };
  // Another site that got it says nothing of it.
  if (!last?.response || !isApp(last.response.by)) return whyRefused(cookie, view);
  if (isHidden(cookie, last)) return { how: 'hidden' };
  if (parseToken(cookie.value)) return last.response.status === 401 ? { how: 'denied' } : null;
  return whyUnknown(last, cookie.sid, view);
}

/**
 * Returns why the app refused this very value when it was last asked, whichever browser sent it; null when it accepted it, or has not
 * been asked. Only a later answer, or another value, changes that.
 *
 * @param before only what was asked before that `seq` counts
 */
export function whyRefused(cookie: RecordedCookie, view: View, before = Number.POSITIVE_INFINITY): Broken | null {
  const { sid } = cookie;
  if (sid === null) return { how: 'refused' };
  const asked = view.exchanges.findLast(
    ({ request, response }) =>
      request.seq < before &&
      request.sid === sid &&
      response !== null &&
      response.status < 500 &&
      isApp(response.by) &&
      isFor(cookie, request.url) &&
      isRead(cookie, request.headers),
  );
  if (!asked) return null;
  if (parseToken(cookie.value)) return asked.response?.status === 401 ? { how: 'denied' } : null;
  // A record may have come or gone since. A signature does not change.
  const why = whyUnknown(asked, sid, view);
  return why?.how === 'refused' ? why : null;
}

/** Whether it is the first of its name in the Cookie header. */
function isRead({ name, value }: RecordedCookie, headers: Exchange['request']['headers']): boolean {
  const [, text = ''] = headers.find(([header]) => header.toLowerCase() === 'cookie') ?? [];
  return text.split('; ').find((pair) => pair.startsWith(`${name}=`)) === `${name}=${value}`;
}

/** Whether an earlier cookie of the same name was in the Cookie header of that request. */
function isHidden(cookie: RecordedCookie, { request }: Exchange): boolean {
  const sent = request.cookies.filter((one) => one.sent && one.name === cookie.name);
  return sent.findIndex(isSame(cookie)) > 0;
}

/** Whether no app is at its host, so that no app can get it. */
export function isForeignHost(cookie: RecordedCookie, { exchanges }: View): boolean {
  if (!cookie.hostOnly) return false;
  const answered = exchanges.filter(({ request, response }) => response && hostIn(request.url) === cookie.domain);
  return answered.length > 0 && !answered.some(({ response }) => isApp(response!.by));
}

/** Whether the app read the record of a session while it answered. */
const hasFoundRecord = (last: Exchange | undefined, sid: string | null): boolean =>
  last?.response != null &&
  last.commands.some(
    (command) => command.sid === sid && /^get$/i.test(command.name) && (command.reply ?? '(nil)') !== '(nil)',
  );

/** An app that fails takes a browser for nobody, whatever its record says. An error of a cache or of another site says nothing. */
export function failureOf(last: Exchange | undefined): Broken | null {
  if (!last) return null;
  if (last.failure) return { how: 'failed', status: null };
  const { response } = last;
  return response && response.status >= 500 && isApp(response.by) ? { how: 'failed', status: response.status } : null;
}

/**
 * Returns why the app answered 401 to a cookie. If it did not look the session up, the signature was wrong: express-session looks up
 * only what it has verified.
 */
export function whyUnknown(
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
