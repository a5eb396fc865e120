/**
 * Who the app takes each browser for at a moment: browser, session cookie, session record, person. Pure: it reads only the view of
 * a trace, so it holds for any past moment.
 */
import { type AskingPage, askingPages } from './askingPages.ts';
import { type BegunSessions, beginningsIn, begunSessions } from './begunSessions.ts';
import { whyRefused } from './brokenCookie.ts';
import { type CopyElsewhere, copiesElsewhere } from './copies.ts';
import { type Delivery, shownDeliveries } from './deliveries.ts';
import { type Hindrance, hindranceOf } from './hindrance.ts';
import { type GivenAway, givenToImpostor } from './impostor.ts';
import { type LastAnswer, lastAnswer } from './lastAnswer.ts';
import { type MailedLink, mailedLink } from './mailedLinks.ts';
import { type OtherCookie, otherCookiesIn } from './otherCookies.ts';
import { ownerOf } from './people.ts';
import type { ActorView, View } from './read.ts';
import { recordsAt, textOf } from './recordsAt.ts';
import { isAboutTokens, seriesIn, seriesNamed, tokensHeld } from './rememberTokens.ts';
import { cookiesIn, handMadeCookies, type SessionCookie } from './sessionCookies.ts';
import { fieldsOf, type RecordUser, type SessionRecord } from './sessionRecord.ts';
import type { ActorOutline, RecordedCookie } from './trace.ts';

export interface WhoIsWho {
  /** One per actor, in the order of their lanes. */
  browsers: Browser[];
  /**
   * The records that a browser's cookie names, whether they exist or not, then up to `fewStrays` others. Where the app keeps records
   * in memory, a cookie names one in each process.
   */
  records: SessionRecord[];
  /** How many further records exist that no browser holds a cookie for. */
  otherRecords: number;
  /** How many records have expired and are still in the memory of a process. */
  keptRecords: number;
  link: MailedLink | null;
  /** Copies of session cookies that other sites have been sent. */
  copies: CopyElsewhere[];
  /** Pages of other sites that made a browser ask the app for something in the step. */
  pages: AskingPage[];
  /** What other sites were sent in the step that neither have a copy of a session cookie nor ask. */
  deliveries: Delivery[];
  /** The users whose accounts an admin has disabled. */
  disabled: number[];
  /** Whether the scenario is about remembered devices: then their tokens are shown. */
  remembered: boolean;
  /** How many further cookies of a browser the scenario is about. */
  furtherCookies: number;
}

export interface Browser {
  actor: ActorOutline;
  /** The name of the person it belongs to: "Alice" of "Alice’s phone"; null for a thing such as "A shared computer". */
  owner: string | null;
  /** Its session cookies, in the order of the Cookie header. Several when hosts or paths differ, or when one was typed. */
  cookies: SessionCookie[];
  /** Its remember tokens, where a scenario is about them. They mean nobody until one starts a session. */
  tokens: SessionCookie[];
  /** Its further cookies that the scenario is about. */
  otherCookies: OtherCookie[];
  /** Whom the record of its first working cookie names, in any process; of a cookie that was typed last, whom that names. */
  means: RecordUser | null;
  /** Whom it named when the step started. */
  meant: RecordUser | null;
  /**
   * Whether that session's login is longer ago than the absolute limit, and the app has accepted no request of it since. Only the next
   * one shows whether the app checks the limit.
   */
  tooOld: boolean;
  /** The last page it got in the current step; null when it got none. */
  answer: LastAnswer | null;
  /** Whether nobody answered its last request in the step. */
  unanswered: boolean;
  /** What it gave in the step to somebody on the network who answered in the app's name; null when nobody did. */
  givenAway: GivenAway | null;
  /** What stood in the way of its last request in the step. */
  hindrance: Hindrance | null;
  /** How many of its responses are still open, and how many events came in them since the step started. */
  streams: { open: number; heard: number };
  /** Sessions that it began and holds no cookie for. null when it holds one, and when they are few. */
  begun: BegunSessions | null;
}

/** Records that no browser holds a cookie for are drawn one by one up to this number, and counted beyond it. */
const fewStrays = 2;

/** What was computed last for a view: the picture of a moment, its sentence and the marks beside it ask for the same. */
const known = new WeakMap<View, { now: number; who: WhoIsWho }>();

/** @param now sandbox ms; cookies and records that have expired by then are shown so */
export function whoIsWho(view: View, now = view.at): WhoIsWho {
  const last = known.get(view);
  if (last?.now === now) return last.who;
  const who = read(view, now);
  known.set(view, { now, who });
  return who;
}

function read(view: View, now: number): WhoIsWho {
  const recordsNamed = recordsAt(view, now);
  const series = isAboutTokens(view) ? seriesIn(view) : null;
  const held = view.actors.map((actor) => browserOf(actor, view, now, recordsNamed, series));
  // Where a planted cookie goes from its victim's browser harms nobody: it is the attacker's own.
  const isOthers = ({ from, within, cookie }: CopyElsewhere) => {
    const owner = held.find(({ actor }) => actor.name === from)?.owner ?? null;
    const [user] = recordsNamed(cookie.sid!).flatMap((record) => record.user ?? []);
    return within === 'cookie' && owner !== null && user !== undefined && user.name !== owner;
  };
  const copies = copiesElsewhere(view).filter((copy) => !isOthers(copy));

  const cookies = [...held.flatMap((browser) => browser.cookies), ...copies.map(({ cookie }) => cookie)];
  const named = [...new Set(cookies.flatMap(({ sid }) => sid ?? []))];
  const strays = [...new Set([...view.keys.flatMap(({ sid }) => sid ?? []), ...view.memory.map(({ sid }) => sid)])]
    .filter((sid) => !named.includes(sid))
    .flatMap(recordsNamed)
    .filter((record) => exists(record) || record.mark !== null);
  const shown = strays.length <= fewStrays ? strays : [];
  const beginnings = beginningsIn(view);
  const browsers = held.map((browser): Browser => {
    if (browser.cookies.length > 0) return browser;
    const own = strays.filter((record) => exists(record) && beginnings.get(record.sid)?.actor === browser.actor.name);
    const begun = [...beginnings.values()].filter(({ actor, isNew }) => isNew && actor === browser.actor.name).length;
    return { ...browser, begun: begunSessions(own, fewStrays + 1, begun) };
  });
  const remembered = seriesNamed(
    browsers.flatMap(({ tokens }) => tokens),
    view,
    now,
  );
  const records = [...named.flatMap(recordsNamed), ...remembered, ...shown];
  const pages = askingPages(view);
  return {
    browsers,
    records,
    otherRecords: strays.filter((record) => exists(record) && !shown.includes(record)).length,
    keptRecords: [...records, ...strays.filter((record) => !shown.includes(record))].filter(isKept).length,
    link: mailedLink(view),
    copies,
    pages,
    deliveries: shownDeliveries(view).filter(({ host }) => ![...copies, ...pages].some((other) => other.host === host)),
    disabled: disabledIn(view),
    remembered: series !== null,
    furtherCookies: view.header.scenario.otherCookies?.length ?? 0,
  };
}

const isKept = ({ state }: SessionRecord) => state === 'kept';

const exists = (record: SessionRecord) => record.state === 'live' || isKept(record);

function disabledIn({ audits }: View): number[] {
  const last = new Map(
    audits.flatMap(({ name, userId }) =>
      userId !== null && (name === 'user_disabled' || name === 'user_enabled') ? [[userId, name] as const] : [],
    ),
  );
  return [...last].flatMap(([id, name]) => (name === 'user_disabled' ? [id] : []));
}

/** Returns the names of the actors whom two apps take for different people, or who reach a record in one app only. */
export function differingBrowsers(one: WhoIsWho, other: WhoIsWho): string[] {
  const stateOf = ({ browsers, records }: WhoIsWho, name: string) => {
    const browser = browsers.find(({ actor }) => actor.name === name);
    const cookie = browser?.cookies[0];
    const named = records.filter(({ sid }) => sid === cookie?.sid);
    // A record that a browser does not reach makes no difference to it, and a token does what a record does.
    const reached = cookie?.broken ? [] : named.map(({ state }) => (state === 'token' ? 'live' : state));
    return [browser?.means?.name, browser?.means?.role, cookie?.broken?.how, ...reached].join();
  };
  return one.browsers.map(({ actor }) => actor.name).filter((name) => stateOf(one, name) !== stateOf(other, name));
}

function browserOf(
  { outline: actor, cookies: jar }: ActorView,
  view: View,
  now: number,
  recordsNamed: (sid: string) => SessionRecord[],
  series: ReturnType<typeof seriesIn> | null,
): Browser {
  const sent = view.exchanges.filter(({ request }) => request.seq >= view.since && request.actor === actor.name);
  const held = cookiesIn(jar, sent, view, now);
  const inHand = sent.length === 0 && held.length === 0 ? cookiesInHand(actor.name, view) : [];
  const typed = [...handMadeCookies(sent, view), ...inHand];
  const typedLast = typed[0] !== undefined && (sent.length === 0 || typed[0].sid === sent.at(-1)!.request.sid);
  const cookies = typedLast ? [...typed, ...held] : [...held, ...typed];
  const working = cookies.filter(({ broken }) => broken === null);
  // With cookies of several apps, a browser is somebody as long as one of them names somebody.
  const effective = typedLast
    ? typed[0]!
    : (working.find(({ sid }) => sid !== null && userOf(recordsNamed(sid), 'user') !== null) ?? working[0]);
  const atStart = jar.find(({ before }) => before !== null && before.sid !== null && wasAccepted(before, view))?.before;
  return {
    actor,
    owner: ownerOf(
      actor,
      view.actors.map(({ outline }) => outline),
    ),
    cookies,
    tokens: series === null ? [] : tokensHeld(jar, series, now),
    otherCookies: otherCookiesIn(jar, view.header.scenario.otherCookies ?? [], sent, now),
    means: effective?.sid && effective.broken === null ? userOf(recordsNamed(effective.sid), 'user') : null,
    meant: meantBefore(),
    tooOld: effective?.sid ? isTooOld(effective.sid, view, now) : false,
    answer: lastAnswer(actor, sent, view),
    unanswered: sent.at(-1)?.failure != null,
    givenAway: givenToImpostor(sent),
    hindrance: hindranceOf(sent),
    streams: streamsOf(actor, view),
    begun: null,
  };

  /** Of a value that is typed into each request anew, whom it named counts once one of them was accepted. */
  function meantBefore(): RecordUser | null {
    if (view.startedCutOff) return null;
    const sid = typedLast && wasAcceptedBefore(typed[0]!.sid) ? typed[0]!.sid : (atStart?.sid ?? null);
    return sid === null ? null : userOf(recordsNamed(sid), 'before');
  }

  function wasAcceptedBefore(sid: string | null): boolean {
    return view.exchanges.some(
      ({ request, response }) =>
        request.seq < view.since &&
        request.actor === actor.name &&
        request.sid === sid &&
        (response?.status ?? 400) < 400,
    );
  }
}

/**
 * Returns what the last request of a browser carried by hand, if the app accepted it: it can be sent again. After a restart the app may
 * accept something else.
 */
function cookiesInHand(name: string, view: View): SessionCookie[] {
  const last = view.exchanges.findLast(({ request }) => request.actor === name);
  if (!last || last.request.seq < (view.restarted ?? 0)) return [];
  return handMadeCookies([last], view).flatMap((cookie) => (cookie.broken ? [] : [{ ...cookie, mark: null }]));
}

/** Whether a cookie had neither expired nor been refused when the step started. */
const wasAccepted = (cookie: RecordedCookie, view: View) =>
  (cookie.expiresAt === null || cookie.expiresAt > view.sinceAt) && whyRefused(cookie, view, view.since) === null;

function streamsOf({ name }: ActorOutline, { exchanges, since }: View): Browser['streams'] {
  const streams = exchanges.flatMap(({ request, stream }) => (request.actor === name && stream ? [stream] : []));
  return {
    open: streams.filter(({ ended }) => ended === null).length,
    heard: streams.flatMap(({ messages }) => messages).filter(({ seq }) => seq >= since).length,
  };
}

function isTooOld(sid: string, { header, keys, exchanges }: View, now: number): boolean {
  const { loginAt } = fieldsOf(textOf(keys.find((key) => key.sid === sid)?.value ?? null) ?? '');
  if (typeof loginAt !== 'number') return false;
  const end = loginAt - header.startedAt + header.limits.absolute;
  const accepted = exchanges.some(
    ({ request, response }) => request.sid === sid && response && response.at >= end && response.status < 400,
  );
  return end <= now && !accepted;
}

const userOf = (records: readonly SessionRecord[], when: 'user' | 'before') =>
  records.find((record) => record[when] !== null)?.[when] ?? null;
