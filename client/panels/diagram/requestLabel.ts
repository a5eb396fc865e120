/** The label of a request: its method, its address, the cookies that it carries, and what caused it. Pure. */
import { isFor } from '../../../scenarios/engine/cookieHosts.ts';
import { cookieToFollow } from '../../../scenarios/engine/followed.ts';
import { isTokenOf } from '../../../scenarios/engine/subject.ts';
import type { RecordedCookie, RequestSent } from '../../../scenarios/engine/trace.ts';
import { elided } from '../../ui/textWidth.ts';
import { type Label, type LabelPart, named, part } from './label.ts';
import { type KnownNames, sidStart } from './labels.ts';

/** What a request was sent in. */
interface Around {
  /** The host of the page of another site that made the browser send it; null when there is none. */
  cause?: string | null;
  /** The cookies of the browser. */
  jar?: readonly RecordedCookie[];
  /** The names of keys that the scenario is about. */
  subject?: readonly string[];
  /** Whether the scenario is about CSRF. */
  isAboutCsrf?: boolean;
}

/**
 * Labels a request with its method, its path and the session ids of its cookies.
 *
 * @param actor the name of the sender as people read it
 * @param app the name of the receiver as people read it
 * @param home the origin that is left out
 * @param around what it was sent in; in a scenario about CSRF, the token of a change is shown, too
 */
export function requestLabel(
  request: RequestSent,
  actor: string,
  app: string,
  home: string,
  { sandbox }: Pick<KnownNames, 'sandbox'>,
  { cause = null, jar = [], subject = [], isAboutCsrf = false }: Around = {},
): Label {
  const { method, url, headers, cookies, note } = request;
  // Where it goes stands at the other end of the arrow, and that another site is asked over https is what one expects.
  const told = [home, `https://${app}`].find((origin) => url.startsWith(`${origin}/`));
  const target = told === home ? url.slice(home.length) : readable(url.slice(told?.length).replace(/^https:\/\//, ''));
  const sent = cookies.filter((cookie) => cookie.sent);
  // A Cookie header that was written by hand comes from no jar.
  const written = sent.length === 0 && headers.some(([name]) => name.toLowerCase() === 'cookie');
  const byHand = written && request.sid !== null ? [request.sid] : [];
  const sids = [...sent.flatMap(({ sid }) => sid ?? []), ...byHand];
  const withheld = cookies.find((cookie) => !cookie.sent && cookie.sid !== null && isForUrl(cookie, jar, url));
  /** A cookie of the same name that holds no session ID: the app may read this one. */
  const isNamesake = ({ name, sid }: (typeof sent)[number]) =>
    sid === null && sent.some((other) => other.sid !== null && other.name === name);
  const held = sent.flatMap((cookie): LabelPart[] => {
    if (cookie.sid !== null) return [{ sid: cookie.sid }];
    return isNamesake(cookie) ? [part(`${cookie.name}=${elided(cookie.value, 8)}`, 'gone')] : [];
  });
  const others = sent.flatMap((cookie) => {
    const { name, sid } = cookie;
    if (isNamesake(cookie)) return [];
    const tone = isTokenOf(name, subject) ? 'plain' : 'extra';
    return sid === null ? [named(name, tone, cookieToFollow({ sandbox }, request.actor, name))] : [];
  });
  const parts = [part(method, 'name'), part(elided(target, 34), 'name')];
  if (cause !== null) parts.push(part(`from ${cause}`, 'cause'));
  const token = isAboutCsrf ? csrfToken(request) : null;
  if (withheld && sids.length === 0) {
    const [attribute] = /(no )?SameSite(=\w+)?/.exec(withheld.why) ?? [];
    parts.push(part(`cookie not sent${attribute ? `: ${attribute}` : ''}`, 'dim'));
  } else if (sids.length > 0 || (written && others.length === 0)) {
    parts.push(part('Cookie', 'extra'), ...held, ...byHand.map((sid) => ({ sid })), ...others);
  }
  // A name says that it is a cookie's.
  else parts.push(...others);
  if (token !== null) parts.push(token === '' ? part('no token', 'gone') : part(`token ${elided(token, 8)}`));
  // That the browser changed the address is what such a request shows. How it was sent otherwise is less important.
  if (note) parts.push(part(elided(note, 30), note.includes('HSTS') ? 'new' : 'extra'));
  const carrying = sids.length > 0 ? `, with the cookie of session ${sids.map(sidStart).join(' and ')}` : '';
  const whole = [`${method} ${url}`, ...(note ? [note] : []), ...sids.map((sid) => `Cookie of session ${sid}`)].join(
    '\n',
  );
  const proving =
    token === null ? '' : token === '' ? ', without a CSRF token' : `, with the CSRF token ${token.slice(0, 8)}`;
  const causing = cause === null ? '' : `, caused by a page of ${cause}`;
  const sentence = `${actor} sends ${method} ${target} to ${app}${causing}${carrying}${proving}${note ? ` (${note})` : ''}`;
  return { parts, sentence, whole };
}

/** What a query carries away is what such a request is about. */
function readable(url: string): string {
  try {
    const text = decodeURIComponent(url);
    // A line break, or a sign that turns the reading direction, would draw something else than what was sent.
    return /\p{C}/u.test(text) ? url : text;
  } catch {
    return url;
  }
}

/** A browser tells of every cookie in its jar. That it does not send one to another host is nothing to show. */
const isForUrl = ({ name, value }: RequestSent['cookies'][number], jar: readonly RecordedCookie[], url: string) =>
  jar.some((cookie) => cookie.name === name && cookie.value === value && isFor(cookie, url));

/** Returns the CSRF token of a request, from its header or from a form's hidden field, which may be empty; null when it has neither. */
function csrfToken({ headers, body }: RequestSent): string | null {
  const header = headers.find(([name]) => name.toLowerCase() === 'x-csrf-token')?.[1];
  return header ?? /"_csrf":"([^"]*)"/.exec(body ?? '')?.[1] ?? null;
}
