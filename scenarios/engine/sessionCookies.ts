/** The session cookies of a browser at a moment: what changed, and why the app does not see one. Pure. */
import { type Broken, failureOf, isForeignHost, isSame, whyBroken, whyUnknown } from './brokenCookie.ts';
import { type AttributeShown, showAttributes } from './cookieAttributes.ts';
import { hostIn, isBeside, isFor } from './cookieHosts.ts';
import type { JarView, Mark } from './marks.ts';
import { type OtherPage, otherPage } from './otherPage.ts';
import type { Exchange, View } from './read.ts';
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
  /** Whether the app set it again, in answer to the last request of the step, and the browser did not keep that: a script asked. */
  notKept: boolean;
  /**
   * The host beside that of the app which the last request of the step went to, without this cookie. That says nothing of the app, which
   * would see it. null when the app's own host was asked, or nobody.
   */
  keptFrom: { host: string; why: string } | null;
  /** The page of another site that made the browser send it in this step, and what the app answered. */
  sentFor: OtherPage | null;
  /** Its attributes that the scenario is about. */
  attributes: readonly AttributeShown[];
}

/** Returns the session cookies of a jar, in the order of the last Cookie header. @param sent the browser's requests in the step */
export function cookiesIn(
  jar: readonly JarView[],
  sent: readonly Exchange[],
  view: View,
  now: number,
): SessionCookie[] {
  const names = sessionCookieNames(view);
  const found = jar.flatMap(({ cookie, before, mark }) => {
    if (!names.has(cookie.name) || isForeignHost(cookie, view)) return [];
    const asked = sent.filter(({ request }) => request.cookies.some(isSame(cookie)));
    const last =
      asked.findLast(({ request }) => isFor(cookie, request.url)) ??
      asked.findLast(({ request }) => isBeside(cookie, request.url));
    const place = last?.request.cookies.findIndex(isSame(cookie)) ?? Number.POSITIVE_INFINITY;
    const use = last?.request.cookies[place];
    const isAside = use !== undefined && !use.sent && !isFor(cookie, last!.request.url);
    const broken = whyBroken(cookie, mark, isAside ? undefined : last, view, now);
    const sentFor = use?.sent ? otherPage(last!, view) : null;
    return [
      {
        place,
        cookie,
        shown: {
          sid: cookie.sid,
          token: null,
          mark,
          change: changeOf(cookie, before, mark),
          broken,
          handMade: false,
          notKept: last?.response != null && last.response.sid === cookie.sid && last.response.cookies.length === 0,
          keptFrom: isAside ? { host: hostIn(last!.request.url), why: use.why } : null,
          sentFor,
          attributes: showAttributes(cookie, view.header.scenario.cookieAttributes),
        } satisfies SessionCookie as SessionCookie,
      },
    ];
  });
  found.sort((a, b) => a.place - b.place);
  return found.map(({ cookie, shown }, index) => {
    const first = found.slice(0, index).find((one) => comesBefore(one.cookie, cookie) && reaches(one.shown));
    return first && shown.broken === null ? { ...shown, broken: { how: 'hidden' } } : shown;
  });
}

/** Of two cookies with one name and one path, the app reads the one that is sent first. */
const comesBefore = (first: RecordedCookie, { name, path, sid, domain }: RecordedCookie) =>
  first.name === name && first.path === path && first.sid !== sid && isFor(first, `https://${domain}/`);

const reaches = ({ broken }: SessionCookie) => broken === null || broken.how === 'refused';

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

/** Of many guesses, only the last ones are drawn. */
const mostTyped = 2;

/** Session IDs in the Cookie headers of a step that are not from the browser's jar, the last one first, and values without an ID. */
export function handMadeCookies(sent: readonly Exchange[], view: View): SessionCookie[] {
  const names = sessionCookieNames(view);
  const byHand = sent.filter((exchange) => exchange.response !== null && isByHand(exchange, names));
  const last = new Map<string | null, Exchange>();
  for (const exchange of byHand.toReversed()) {
    const { sid } = exchange.request;
    if (!last.has(sid) && last.size < mostTyped) last.set(sid, exchange);
  }
  return [...last].map(([sid, exchange]) => ({
    sid,
    token: null,
    mark: 'added',
    change: null,
    broken: failureOf(exchange) ?? (sid === null ? { how: 'refused' } : whyUnknown(exchange, sid, view)),
    handMade: true,
    notKept: false,
    keptFrom: null,
    sentFor: null,
    attributes: [],
  }));
}

/** Whether the first session cookie in the header is not one that the jar had sent. */
function isByHand({ request }: Exchange, names: ReadonlySet<string>): boolean {
  const { cookies, headers, sid } = request;
  if (sid !== null) return !cookies.some((one) => one.sent && one.sid === sid);
  const [, header = ''] = headers.find(([name]) => name.toLowerCase() === 'cookie') ?? [];
  const typed = header.split('; ').map((pair) => pair.split('='));
  return typed.some(
    ([name = '', ...value]) =>
      names.has(name) && !cookies.some((one) => one.name === name && one.value === value.join('=')),
  );
}
