/** What a browser did in a step, as a sentence. Pure. */
import { basketWords } from './baskets.ts';
import { type Deed, quickest, takesOver } from './deeds.ts';
import { span } from './durations.ts';
import { endedBy } from './endedSessions.ts';
import { faultSpans } from './faultSpans.ts';
import { labelOf } from './identity.ts';
import { confirmedAddress } from './mailedLinks.ts';
import { manyPart, mostAlone } from './manyDeeds.ts';
import { nameIn } from './people.ts';
import type { Exchange, View } from './read.ts';
import { fieldsOf } from './sessionRecord.ts';
import type { Part } from './verdict.ts';
import type { WhoIsWho } from './whoIsWho.ts';
import { isPosing } from './whoIsWhoFacts.ts';
import { cookieOf, nameOf, nameWithin, possessive, together, whyNobody } from './whoIsWhoSentences.ts';

/** ms. Most answers are there much sooner. */
const longWait = 500;

/** The login of a device that is remembered. */
export const resume = 'POST /auth/resume';

/** Characters of an item. */
const longestItem = 20;

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
  if (deed.request === resume) {
    const tone = browser.actor.role === 'attacker' ? 'safe' : 'plain';
    return { tone, text: `The shop refused ${possessive(browser)} remember token: ${status}.` };
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
  const what = isPending ? 'asked to register' : (ended.instead ?? inFull(told, deed, view));
  const wait = quickest(exchanges);
  // The page asks by itself.
  const subject = deed.request === 'GET /session/left' ? pageOf(browser) : nameOf(browser);
  const details = [
    posing && whose !== means.name ? ` as ${means.name}` : '',
    deed.request === 'POST /auth/login' && browser.cookies[0]?.mark === 'changed' && browser.meant !== null
      ? ' again'
      : '',
    last.response!.by === 'cache' ? ' from the shared cache' : '',
    words.kind === 'read' && wait >= longWait && wasHeldUp(last, view) ? ` after ${span(wait + longWait)}` : '',
    ended.after,
    words.kind === 'logout' ? stillRecorded(last.request.sid, who) : '',
    deed.request === resume ? tokenAfter(last, view) : '',
    deed.request === 'GET /session/left' ? renewedBy(last) : '',
    deed.status !== null && deed.status >= 400 && words.kind === 'other' ? `, and the next try got ${deed.status}` : '',
    means !== null && words.needsLogin && who.disabled.includes(means.id) ? ', although the account is disabled' : '',
  ];
  return { tone: harms ? 'danger' : 'plain', text: `${subject} ${what}${details.join('')}.` };
}

/** Says which basket it was and what is in it, and which address. */
function inFull(told: string, deed: Deed, view: View): string {
  if (deed.request !== 'POST /auth/confirm-email') return told.replace('the basket', basketWords(deed, view));
  const address = confirmedAddress(deed.exchanges.at(-1)!, view);
  return address === null ? told : told.replace('an e-mail address', address);
}

/** So many answers of others are not there by chance while one waits. */
const manyOthers = 5;

/** Whether an answer was late because of what the trace shows: a fault of the store, or many requests of others. Else the machine was busy. */
function wasHeldUp({ request, response }: Exchange, { exchanges, faults }: View): boolean {
  const end = response!.seq;
  const others = exchanges.filter(
    (one) => one.request.actor !== request.actor && one.request.seq < end && (one.response?.seq ?? end) > request.seq,
  );
  return others.length >= manyOthers || faultSpans(faults).some(({ from, to }) => from < end && to > request.seq);
}

/** "Alice’s page", "The page of Alice’s laptop" */
const pageOf = (browser: Deed['browser']) =>
  /\s/.test(nameOf(browser)) ? `The page of ${nameWithin(browser)}` : `${possessive(browser)} page`;

/** Whether a request that only asks how long the session lasts has made it last longer. */
function renewedBy({ request, keys }: Exchange): string {
  const renewed = keys.some(({ sid, change }) => sid !== null && sid === request.sid && change !== 'deleted');
  return renewed ? ', and that renewed the session' : ', which did not renew the session';
}

/** That an attacker’s remember token was refused, in a step that did more than that. */
export function refusedToken(deeds: readonly Deed[], view: View, who: WhoIsWho): Part[] {
  const refused = deeds.find((deed) => isRefusedToken(deed) && deed !== deeds[0]);
  return refused ? [deedPart(refused, view, who)] : [];
}

const isRefusedToken = ({ request, browser, status, done }: Deed) =>
  request === resume && browser.actor.role === 'attacker' && status !== null && !done;

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
