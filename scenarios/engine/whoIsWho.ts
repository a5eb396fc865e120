/**
 * Who the app takes each browser for at a moment: browser, session cookie, session record, person. Pure: it reads only the view of
 * a trace, so it holds for any past moment.
 */
import type { JarView, KeyView, Mark } from './marks.ts';
import { ownerOf, personOf } from './people.ts';
import type { ActorView, Exchange, View } from './read.ts';
import type { ActorOutline, KeyValue, RecordedCookie } from './trace.ts';

export interface WhoIsWho {
  /** One per actor, in the order of their lanes. */
  browsers: Browser[];
  /** The records that a browser's cookie names, whether they exist or not, then up to `fewStrays` others. */
  records: SessionRecord[];
  /** How many further records exist that no browser holds a cookie for. */
  otherRecords: number;
}

export interface Browser {
  actor: ActorOutline;
  /** The name of the person it belongs to: "Alice" of "Alice’s phone"; null for a thing such as "A shared computer". */
  owner: string | null;
  /** Its session cookies, in the order of the Cookie header. Several when hosts or paths differ. */
  cookies: SessionCookie[];
  /** Whom the record of its first working cookie names. */
  means: RecordUser | null;
  /** Whom it named when the step started. */
  meant: RecordUser | null;
  /** The last page it got in the current step; null when it got none. */
  answer: LastAnswer | null;
}

export interface SessionCookie {
  sid: string;
  /** What happened to it since the step started. */
  mark: Mark | null;
  /** What changed, of a changed cookie: its session ID, its value, or only its lifetime. */
  change: 'new-id' | 'edited' | 'renewed' | null;
  /** Why the app does not see it; null when it does, as far as the trace shows. */
  broken: Broken | null;
  /** It was in a Cookie header that the browser's jar did not make. */
  handMade: boolean;
  /** The page of another site that made the browser send it in this step, and what the app answered. */
  sentFor: { page: string; status: number | null } | null;
}

/** `not-sent`: by the rule in `why`. `refused`: the app did not accept its signature. */
export type Broken = { how: 'expired' | 'deleted' | 'refused' } | { how: 'not-sent'; why: string };

export interface SessionRecord {
  sid: string;
  /** `none`: it is not in Redis. `elsewhere`: neither, but the app answered to this session, which it never looked up in Redis. */
  state: 'live' | 'elsewhere' | 'deleted' | 'expired' | 'none';
  mark: Mark | null;
  /** Sandbox ms; null when it does not expire or does not exist. */
  expiresAt: number | null;
  /** Whom it names; null when it names nobody or does not exist. */
  user: RecordUser | null;
  /** Whom it named when the step started. */
  before: RecordUser | null;
}

export interface RecordUser {
  id: number;
  /** "Alice" */
  name: string;
  /** "customer"; '' when the record does not say. */
  role: string;
}

export interface LastAnswer {
  status: number;
  /** Who answered, when it was not the app: "cache", "https://evil.example", "browser" for a page that the Back button showed. */
  by: string | null;
  /** The name of the user whose e-mail address is in the body. */
  about: string | null;
}

/** Records that no browser holds a cookie for are drawn one by one up to this number, and counted beyond it. */
const fewStrays = 2;

/** @param now sandbox ms; cookies and records that have expired by then are shown so */
export function whoIsWho(view: View, now = view.at): WhoIsWho {
  const keys = new Map(view.keys.flatMap((key) => (key.sid === null ? [] : [[key.sid, key] as const])));
  const recordNamed = (sid: string) => recordOf(sid, keys.get(sid), view, now);
  const browsers = view.actors.map((actor) => browserOf(actor, view, now, recordNamed));

  const named = [...new Set(browsers.flatMap(({ cookies }) => cookies.map(({ sid }) => sid)))];
  const strays = [...keys.keys()]
    .filter((sid) => !named.includes(sid))
    .map(recordNamed)
    .filter(({ state, mark }) => state === 'live' || mark !== null);
  const shown = strays.length <= fewStrays ? strays : [];
  return {
    browsers,
    records: [...named.map(recordNamed), ...shown],
    otherRecords: strays.length - shown.length,
  };
}

/** Returns the names of the actors whom two apps take for different people, or who reach a record in one app only. */
export function differingBrowsers(one: WhoIsWho, other: WhoIsWho): string[] {
  const stateOf = ({ browsers, records }: WhoIsWho, name: string) => {
    const browser = browsers.find(({ actor }) => actor.name === name);
    const cookie = browser?.cookies[0];
    const record = records.find(({ sid }) => sid === cookie?.sid);
    return [browser?.means?.name, browser?.means?.role, cookie?.broken?.how, record?.state].join();
  };
  return one.browsers.map(({ actor }) => actor.name).filter((name) => stateOf(one, name) !== stateOf(other, name));
}

function browserOf(
  { outline: actor, cookies: jar }: ActorView,
  view: View,
  now: number,
  recordNamed: (sid: string) => SessionRecord,
): Browser {
  const sent = view.exchanges.filter(({ request }) => request.step === view.step && request.actor === actor.name);
  const cookies = [...cookiesIn(jar, sent, view, now), ...handMadeCookies(jar, sent, view)];
  const working = cookies.find(({ broken }) => broken === null);
  const held = jar.find(({ before }) => before !== null && before.sid !== null)?.before;
  return {
    actor,
    owner: ownerOf(
      actor,
      view.actors.map(({ outline }) => outline),
    ),
    cookies,
    means: working ? recordNamed(working.sid).user : null,
    meant: held ? recordNamed(held.sid!).before : null,
    answer: lastAnswer(actor, sent, view),
  };
}

function cookiesIn(jar: readonly JarView[], sent: readonly Exchange[], view: View, now: number): SessionCookie[] {
  const found = jar.flatMap(({ cookie, before, mark }) => {
    if (cookie.sid === null) return [];
    const last = sent.findLast(({ request }) => isFor(cookie, request.url) && request.cookies.some(isSame(cookie)));
    const place = last?.request.cookies.findIndex(isSame(cookie)) ?? Number.POSITIVE_INFINITY;
    const use = last?.request.cookies[place];
    const broken = whyBroken(cookie, mark, last, view, now);
    const sentFor = use?.sent ? otherPage(last!) : null;
    return [
      {
        place,
        shown: {
          sid: cookie.sid,
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

function changeOf(cookie: RecordedCookie, before: RecordedCookie | null, mark: Mark | null): SessionCookie['change'] {
  if (mark !== 'changed' || !before) return null;
  if (cookie.sid !== before.sid) return 'new-id';
  return cookie.value === before.value ? 'renewed' : 'edited';
}

const isSame = (cookie: RecordedCookie) => (other: { name: string; value: string }) =>
  other.name === cookie.name && other.value === cookie.value;

/** Whether a request to that address could carry the cookie at all: its host is the cookie's (RFC 6265 section 5.1.3). */
function isFor({ domain, hostOnly }: RecordedCookie, url: string): boolean {
  const host = hostIn(url);
  return host === domain || (!hostOnly && host.endsWith(`.${domain}`));
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
  return last && isRefused(last, cookie.sid!, view) ? { how: 'refused' } : null;
}

/** Whether the app answered 401 and did not look the session up. express-session does not when the signature is wrong. */
function isRefused({ response, commands }: Exchange, sid: string, { exchanges }: View): boolean {
  const usesRedis = exchanges.some((exchange) => exchange.commands.some((command) => command.sid !== null));
  return usesRedis && response?.status === 401 && !commands.some((command) => command.sid === sid);
}

/** Session ids in the Cookie headers of a step that the browser's jar does not hold. */
function handMadeCookies(jar: readonly JarView[], sent: readonly Exchange[], view: View): SessionCookie[] {
  const held = jar.map(({ cookie }) => cookie.sid);
  const byHand = sent.filter(({ request }) => !request.cookies.some(({ sid, sent }) => sent && sid === request.sid));
  const last = new Map(byHand.flatMap((exchange) => (exchange.request.sid ? [[exchange.request.sid, exchange]] : [])));
  return [...last]
    .filter(([sid]) => !held.includes(sid))
    .map(([sid, exchange]) => ({
      sid,
      mark: 'added',
      change: null,
      broken: isRefused(exchange, sid, view) ? { how: 'refused' } : null,
      handMade: true,
      sentFor: null,
    }));
}

/** Returns the page of another site that caused a request. A link that the user followed is none. */
function otherPage({ request, response }: Exchange): SessionCookie['sentFor'] {
  const headerOf = (name: string) => request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  if (headerOf('sec-fetch-site') !== 'cross-site' && headerOf('sec-fetch-site') !== 'same-site') return null;
  if (request.method === 'GET' && headerOf('sec-fetch-mode') === 'navigate') return null;
  const from = headerOf('origin') ?? headerOf('referer');
  return { page: hostIn(from ?? '') || 'another site', status: response?.status ?? null };
}

function lastAnswer(actor: ActorOutline, sent: readonly Exchange[], view: View): LastAnswer | null {
  const response = sent.findLast((exchange) => exchange.response !== null)?.response ?? null;
  const page = view.pagesShown.findLast((shown) => shown.step === view.step && shown.actor === actor.name);
  const last = page && (!response || page.seq > response.seq) ? { ...page, by: 'browser' } : response;
  if (!last) return null;
  const { status, body, by } = last;
  const about = view.header.users.find(({ email }) => body.includes(email));
  return { status, by: isApp(by) ? null : by, about: about ? personOf(view.header, about.id) : null };
}

/** An app answers under its name or host; other sites answer under their origin. */
const isApp = (by: string) => by !== 'cache' && by !== 'browser' && !by.includes('://');

function recordOf(sid: string, key: KeyView | undefined, view: View, now: number): SessionRecord {
  if (!key) {
    const user = knownUser(sid, view);
    return { sid, state: user ? 'elsewhere' : 'none', mark: null, expiresAt: null, user, before: user };
  }
  const lapsed = key.mark !== 'removed' && key.expiresAt !== null && key.expiresAt <= now;
  const gone = key.mark === 'removed' || lapsed;
  return {
    sid,
    state: !gone ? 'live' : lapsed || key.change === 'expired' ? 'expired' : 'deleted',
    mark: lapsed ? 'removed' : key.mark,
    expiresAt: gone ? null : key.expiresAt,
    user: gone ? null : userIn(sid, key.value, view),
    before: userIn(sid, key.before, view),
  };
}

/** Returns whom the app last took a session for that it never looked up in Redis: it keeps the records elsewhere. */
function knownUser(sid: string, view: View): RecordUser | null {
  const { restarted } = view;
  const exchanges = view.exchanges.filter(({ request }) => restarted === null || request.seq > restarted);
  if (view.exchanges.some(({ commands }) => commands.some((command) => command.sid === sid))) return null;
  const about = exchanges.filter(({ request, response }) => request.sid === sid || response?.sid === sid);
  const last = about.findLast(
    ({ response }) => response && (response.status === 401 || 'email' in fieldsOf(response.body)),
  );
  const { id, role } = fieldsOf(last?.response?.status === 200 ? last.response.body : '');
  if (typeof id !== 'number') return null;
  return { id, name: nameFor(sid, id, view), role: typeof role === 'string' ? role : '' };
}

/** Reads `userId` and `role` from a session record, which is JSON. */
function userIn(sid: string, value: KeyValue | null, view: View): RecordUser | null {
  const { userId, role } = fieldsOf(value?.type === 'string' ? value.data : '');
  if (typeof userId !== 'number') return null;
  return { id: userId, name: nameFor(sid, userId, view), role: typeof role === 'string' ? role : '' };
}

/** What the app itself answered to this session counts, because people register, and two apps count their users alike. */
function nameFor(sid: string, userId: number, { header, exchanges }: View): string {
  const last = exchanges.findLast(({ request, response }) => {
    if (request.sid !== sid && response?.sid !== sid) return false;
    const { id, email } = fieldsOf(response?.body ?? '');
    return id === userId && typeof email === 'string';
  });
  const email = last ? String(fieldsOf(last.response!.body).email) : undefined;
  return personOf(email ? { users: [{ id: userId, email }] } : header, userId);
}

function fieldsOf(json: string): Record<string, unknown> {
  if (!json.startsWith('{')) return {};
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
}
