/** What a browser did in a step, as a sentence. Pure. */
import { basketWords } from './baskets.ts';
import { type Deed, quickest, statusCounts, takesOver } from './deeds.ts';
import { span } from './durations.ts';
import { endedBy } from './endedSessions.ts';
import { labelOf } from './identity.ts';
import { nameIn } from './people.ts';
import type { Exchange, View } from './read.ts';
import { fieldsOf } from './sessionRecord.ts';
import type { Part } from './verdict.ts';
import type { WhoIsWho } from './whoIsWho.ts';
import { isPosing } from './whoIsWhoFacts.ts';
import { cookieOf, list, nameOf, nameWithin, possessive, together, whyNobody } from './whoIsWhoSentences.ts';

/** ms. Most answers are there much sooner. */
const longWait = 500;

/** Characters of an item. */
const longestItem = 20;

/** How many requests of a kind are told one by one. */
export const mostAlone = 2;

export function deedPart(deed: Deed, view: View, who: WhoIsWho): Part {
  const { browser, words, exchanges, status, done } = deed;
  if (exchanges.length > mostAlone) return manyPart(deed);
  const last = exchanges.at(-1)!;
  if (status === null) {
    const text = last.failure ? `${requestOf(deed)} got no answer.` : `${nameOf(browser)} waits for ${words.thing}.`;
    return { tone: 'plain', text };
  }
  if (done) return donePart(deed, view, who);
  if (status >= 500 || words.thing.startsWith('/')) {
    const still = words.kind === 'logout' && browser.means !== null ? ` ${together([browser], 'still', who)}` : '';
    return { tone: 'plain', text: `${requestOf(deed)} got ${status}.${still}` };
  }
  const unknown = words.needsLogin && status === 401 && browser.means === null;
  const why = unknown ? whyNobody(browser, view, who) : String(status);
  const attacks = words.needsLogin || words.weight >= takesOver || triesAnother(deed);
  const stopped = browser.actor.role === 'attacker' && attacks;
  return {
    tone: stopped ? 'safe' : 'plain',
    text: `The shop refused ${nameWithin(browser)} ${words.thing}: ${why}.`,
  };
}

/** Whether a login is with the e-mail address of somebody else. */
function triesAnother({ browser, words, exchanges }: Deed): boolean {
  const { email } = fieldsOf(exchanges.at(-1)!.request.body ?? '');
  return words.kind === 'login' && typeof email === 'string' && nameIn(email) !== browser.owner;
}

/** "Alice’s request for the login", "The request of Alice’s phone for the login" */
function requestOf({ browser, words }: Deed): string {
  const name = nameOf(browser);
  const whose = /\s/.test(name) ? `The request of ${nameWithin(browser)}` : `${name}’s request`;
  return `${whose} for ${words.thing}`;
}

function donePart(deed: Deed, view: View, who: WhoIsWho): Part {
  const { browser, words, exchanges, of } = deed;
  const { means, actor, owner } = browser;
  const posing = isPosing(browser) && means !== null && words.kind !== 'login' && words.kind !== 'logout';
  const whose = of === null || (!posing && of === owner) ? null : of;
  const harms = posing || (actor.role === 'attacker' && whose !== null && whose !== owner);
  const last = exchanges.findLast(({ response }) => response !== null)!;
  const items = exchanges.flatMap(({ request }) => fieldsOf(request.body ?? '').item ?? []);
  const isShort = items.every((item) => typeof item === 'string' && item.length <= longestItem);
  const ended = endedBy(deed, view);
  const about = posing && whose === owner ? `${whose}’s own account` : whose;
  const told = words.done(about, isShort && items.length > 0 ? items.join('” and “') : null);
  const isPending = deed.request === 'POST /auth/register' && last.response!.status === 202;
  const what = isPending ? 'asked to register' : (ended.instead ?? told.replace('the basket', basketWords(deed, view)));
  const wait = quickest(exchanges);
  // The page asks by itself.
  const subject = deed.request === 'GET /session/left' ? pageOf(browser) : nameOf(browser);
  const details = [
    posing && whose !== means.name ? ` as ${means.name}` : '',
    deed.request === 'POST /auth/login' && browser.cookies[0]?.mark === 'changed' && browser.meant !== null
      ? ' again'
      : '',
    last.response!.by === 'cache' ? ' from the shared cache' : '',
    words.kind === 'read' && wait >= longWait ? ` after ${span(wait + longWait)}` : '',
    ended.after,
    words.kind === 'logout' ? stillRecorded(last.request.sid, who) : '',
    deed.request === 'POST /auth/resume' ? tokenAfter(last, view) : '',
    deed.request === 'GET /session/left' ? renewedBy(last) : '',
    means !== null && words.needsLogin && who.disabled.includes(means.id) ? ', although the account is disabled' : '',
  ];
  return { tone: harms ? 'danger' : 'plain', text: `${subject} ${what}${details.join('')}.` };
}

/** "Alice’s page", "The page of Alice’s laptop" */
const pageOf = (browser: Deed['browser']) =>
  /\s/.test(nameOf(browser)) ? `The page of ${nameWithin(browser)}` : `${possessive(browser)} page`;

/** Whether a request that only asks how long the session lasts has made it last longer. */
function renewedBy({ request, keys }: Exchange): string {
  const renewed = keys.some(({ sid, change }) => sid !== null && sid === request.sid && change !== 'deleted');
  return renewed ? ', and that renewed the session' : ', which did not renew the session';
}

/** What became of a remember token: whether the answer replaced it, and whether another browser had used it before. */
function tokenAfter({ request, response }: Exchange, { exchanges, header }: View): string {
  const token = request.cookies.find(({ name, sent }) => sent && /remember$/.test(name));
  if (!token) return '';
  const before = exchanges.find(
    (one) =>
      one.request.seq < request.seq &&
      one.request.actor !== request.actor &&
      (one.response?.status ?? 400) < 400 &&
      one.request.url === request.url &&
      one.request.cookies.some(({ value, sent }) => sent && value === token.value),
  );
  if (before) return ` that ${labelOf(header, before.request.actor)} had used before`;
  const isNew = response?.cookies.some(({ name, outcome }) => name === token.name && outcome === 'stored');
  return isNew ? ' and got a new one' : ' and keeps it';
}

/** ", but a record still names Alice", after a logout that deleted only the cookie. */
function stillRecorded(sid: string | null, { records }: WhoIsWho): string {
  const record = records.find((one) => one.sid === sid && one.state === 'live' && one.user !== null);
  return record ? `, but the record still names ${record.user!.name}` : '';
}

/** "Of Mallory’s 20 requests for the login, 5 got 401 and 15 got 429." */
function manyPart(deed: Deed): Part {
  const { browser, words, exchanges, done } = deed;
  const counts = statusCounts(exchanges);
  const isGuess = words.thing === 'the login' && !done && browser.actor.role === 'attacker';
  if (isGuess) return guessesPart(deed, counts);
  const [[only] = [0]] = counts;
  const count = exchanges.length;
  // Nobody asks for a code: it is guessed.
  const [what, thing] = words.thing === 'the code' ? ['codes', ''] : ['requests', ` for ${words.thing}`];
  const [all, of] = /\s/.test(nameOf(browser))
    ? [
        `All ${count} ${what} of ${nameWithin(browser)}${thing}`,
        `Of the ${count} ${what} of ${nameWithin(browser)}${thing}`,
      ]
    : [`All of ${possessive(browser)} ${count} ${what}${thing}`, `Of ${possessive(browser)} ${count} ${what}${thing}`];
  const tone = !done && browser.actor.role === 'attacker' && words.needsLogin ? 'safe' : 'plain';
  if (counts.length === 1) return { tone, text: `${all} got ${only}.` };
  const told = counts.map(([status, count]) => `${count} got ${status}`);
  return { tone, text: `${of}, ${told.slice(0, -1).join(', ')} and ${told.at(-1)}.` };
}

/** "The shop checked 10 of Mallory’s 20 passwords, and answered 429 to the others." What gets 401 was checked. */
function guessesPart({ browser, exchanges }: Deed, counts: ReturnType<typeof statusCounts>): Part {
  const [all, some] = [exchanges.length, counts.find(([status]) => status === 401)?.[1] ?? 0];
  const others = counts.flatMap(([status]) => (status === 401 ? [] : [status]));
  const passwords = /\s/.test(nameOf(browser))
    ? `the ${all} passwords of ${nameWithin(browser)}`
    : `${possessive(browser)} ${all} passwords`;
  if (some === all) return { tone: 'plain', text: `The shop checked all of ${passwords}: each got 401.` };
  const answered = list(others.map(String));
  if (some === 0) return { tone: 'safe', text: `The shop checked none of ${passwords}: each got ${answered}.` };
  return { tone: 'plain', text: `The shop checked ${some} of ${passwords}, and answered ${answered} to the others.` };
}

/** How many times as long one kind of answer takes where that tells it from the other. */
const tellingRatio = 2;

/** Two browsers of one person that asked for the same: what the answers tell them apart by. null where it is not so. */
export function comparedPart(deeds: readonly Deed[]): Part | null {
  const isTwin = (one: Deed, other: Deed) =>
    one.browser !== other.browser && nameOf(one.browser) === nameOf(other.browser) && one.request === other.request;
  const same = deeds.filter((deed) => deeds.some((other) => isTwin(deed, other)));
  const [first] = same;
  if (!first) return null;
  const aside = ({ browser }: Deed) => (browser.actor.label.split(/,\s*/)[1] ?? '').replace(/^(?=\w+ing )/, 'when ');
  const answers = same.map(({ exchanges }) =>
    statusCounts(exchanges)
      .map(([status]) => status)
      .sort((a, b) => a - b)
      .join(' and '),
  );
  const name = nameOf(first.browser);
  if (new Set(answers).size > 1) {
    const told = same.map((deed, index) => `${answers[index]} ${aside(deed)}`);
    return { tone: 'danger', text: `The answers differ: ${name} got ${told.join(', and ')}.` };
  }
  const measured = same.every(({ exchanges }) => exchanges.length > mostAlone) && !answers[0]!.includes(' ');
  const alike = first.browser.actor.role === 'attacker' ? 'safe' : 'plain';
  if (!measured) return { tone: alike, text: `${name} got the same answer both times: ${answers[0]}.` };
  const times = same.map(({ exchanges }) => quickest(exchanges));
  const told = same.map((deed, index) => `${times[index]!.toFixed(0)} ms ${aside(deed)}`);
  const tone = Math.max(...times) > tellingRatio * Math.min(...times) ? 'danger' : alike;
  return { tone, text: `${name} got ${answers[0]} each time. The quickest took ${told.join(', and ')}.` };
}

/** ms of sandbox time. What holds after a longer time is told with it. */
const longTime = 60_000;

/** What those who opened the account page are to the app, and how long after the step started. */
export function accountPageParts(deeds: readonly Deed[], view: View, who: WhoIsWho): Part[] {
  const known = deeds.map(({ browser }) => browser).filter((one) => one.means !== null && !isPosing(one));
  if (known.length === 0) return [];
  const passed = view.at - view.sinceAt;
  const late = passed >= longTime;
  const text = together(known, late ? 'still' : '', who);
  const cookie = cookieOf(known);
  const told = late ? `After ${span(passed)}, ${text.replace(cookie, cookie.replace(/^The /, 'the '))}` : text;
  const disabled = known.some(({ means }) => who.disabled.includes(means!.id)) ? ' The account is disabled.' : '';
  return [{ tone: 'plain', text: `${told}${disabled}` }];
}
