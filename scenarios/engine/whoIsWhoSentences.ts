import { deedWords } from './deedWords.ts';
import type { View } from './read.ts';
import type { SessionRecord } from './sessionRecord.ts';
import type { Part } from './verdict.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';
import { isThere, isUnreachable, ownerIn, recordsOf } from './whoIsWhoFacts.ts';

/** "The cookies of Alice’s laptop and Alice’s phone now mean Alice." One sentence for each person meant. */
export function together(browsers: readonly Browser[], when: 'now' | 'still' | '', who: WhoIsWho): string {
  const meaning = ({ means }: Browser) => means!.name;
  const meanings = browsers.map((browser) => `${meaning(browser)}${where(browser, who)}`);
  return [...new Set(meanings)]
    .map((whom) => {
      const those = browsers.filter((_, index) => meanings[index] === whom);
      const verb = those.length === 1 ? 'means' : 'mean';
      return `${cookieOf(those)} ${when === '' ? '' : `${when} `}${verb} ${whom}.`;
    })
    .join(' ');
}

/** " in process 1, and nobody in process 2", where the processes do not agree; '' where they do. */
function where(browser: Browser, who: WhoIsWho): string {
  const records = recordsOf(browser, who);
  const processes = (those: readonly SessionRecord[]) => list(those.map(({ process }) => process ?? 'Redis'));
  const knowing = records.filter(({ user }) => user !== null);
  const ignorant = records.filter(({ user }) => user === null);
  if (knowing.length === 0 || ignorant.length === 0) return '';
  return ` in ${processes(knowing)}, and nobody in ${processes(ignorant)}`;
}

/** "Alice’s phone and Mallory are nobody now: the record was deleted." One sentence for each reason. */
export function nobody(browsers: readonly Browser[], view: View, who: WhoIsWho, when: 'now' | 'to the shop'): string {
  const exact = browsers.map((browser) => whyNobody(browser, view, who));
  // What holds for all of them is told once.
  const reasons = exact.includes(recordExpired)
    ? exact.map((one) => (one === bothExpired ? recordExpired : one))
    : exact;
  return [...new Set(reasons)]
    .map((reason) => {
      const those = browsers.filter((_, index) => reasons[index] === reason);
      const several = new Set(those.map(({ cookies }) => cookies[0]?.sid)).size > 1;
      const verb = those.length === 1 ? 'is' : 'are';
      return `${namesOf(those)} ${verb} nobody ${when}: ${several ? inPlural(reason) : reason}.`;
    })
    .join(' ');
}

const recordExpired = 'the record has expired';
const bothExpired = 'the cookie and its record have expired';

const inPlural = (reason: string) =>
  reason
    .replace(/^the record was/, 'their records were')
    .replace(/^the record has/, 'their records have')
    .replace(/^the cookie and its record have/, 'their cookies and records have')
    .replace(/^the cookie was/, 'their cookies were')
    .replace(/^the cookie has/, 'their cookies have')
    .replace('for the cookie', 'for their cookies')
    .replace('the cookie’s signature', 'the signatures of their cookies');

/** Returns why the app takes a browser for nobody, as a clause: "the record has expired". */
export function whyNobody(browser: Browser, view: View, who: WhoIsWho): string {
  const [cookie] = browser.cookies;
  const records = recordsOf(browser, who);
  if (browser.cookies.some(({ broken }) => broken?.how === 'hidden')) return 'another cookie of that name comes first';
  if (!cookie) return 'there is no session cookie';
  const ended = records.some(isThere) ? undefined : records.find(({ state }) => state in gone);
  if (ended?.state === 'lost' && ended.process === null) return 'the record was lost when Redis restarted';
  if (ended?.state === 'expired' && cookie.broken?.how === 'expired') return bothExpired;
  if (ended) return `the record ${gone[ended.state as keyof typeof gone]}${othersGone(ended.state, view)}`;
  switch (cookie.broken?.how) {
    case 'expired':
    case 'deleted':
      return `the cookie ${gone[cookie.broken.how]}`;
    case 'refused':
      return 'the shop does not accept the cookie’s signature';
    case 'denied':
      return 'the shop does not accept the token';
    case 'failed':
      return 'the shop failed';
    case 'not-found':
      return isLate(cookie.sid, view)
        ? 'the record reached Redis after the shop had looked for it'
        : 'the shop has no record of its own for the cookie';
    case 'not-sent':
      return `the cookie was not sent, because ${cookie.broken.why}`;
  }
  const waiting = records.find((record) => isThere(record) && record.waitsFor !== null);
  if (waiting) return `the record waits for ${waiting.waitsFor}’s code`;
  if (records.some(isThere)) return 'the record names nobody';
  if (records.some(({ state }) => state === 'unseen')) return 'the shop names nobody for the cookie';
  if (records.some(isUnreachable)) return 'the shop gets no answer from Redis';
  const inMemory = records.some(({ process }) => process !== null);
  return inMemory ? 'the memory of the shop has no record for the cookie' : 'Redis has no record for the cookie';
}

/** Whether the record of a session was stored after the app had last looked for it. */
function isLate(sid: string | null, { keys, exchanges }: View): boolean {
  const lookup = exchanges.findLast(({ commands }) =>
    commands.some((one) => one.sid === sid && /^get$/i.test(one.name)),
  );
  const key = keys.find((one) => one.sid === sid && one.mark === 'added');
  return key !== undefined && lookup?.response != null && key.changedAt > lookup.response.at;
}

/** ", as were 30 others": what Redis evicts is seldom one record. */
function othersGone(state: SessionRecord['state'], { keys }: View): string {
  if (state !== 'evicted') return '';
  const others = keys.filter(({ sid, mark }) => sid !== null && mark === 'removed').length - 1;
  return others > 0 ? `, as were ${others} others` : '';
}

const gone = {
  deleted: 'was deleted',
  evicted: 'was evicted by Redis',
  expired: 'has expired',
  kept: 'has expired',
  lost: 'was lost when the process that had it in memory ended',
};

/** "Alice and Mallory are nobody now: the processes ended, and the records in their memory are lost." */
export function lostText(browsers: readonly Browser[], who: WhoIsWho): string {
  const several = browsers.some((browser) => recordsOf(browser, who).length > 1);
  const [ended, their] = several ? ['processes were', 'their'] : ['process was', 'its'];
  const verb = browsers.length === 1 ? 'is' : 'are';
  return `${namesOf(browsers)} ${verb} nobody now: the ${ended} restarted, and what was in ${their} memory is lost.`;
}

/** "The shop cannot tell who Alice is: it answered 503. The record still names Alice."; null when that is not why. */
export function failureOf(browser: Browser, who: WhoIsWho): string | null {
  const { broken } = browser.cookies[0] ?? {};
  const records = recordsOf(browser, who);
  if (broken?.how !== 'failed' || browser.means !== null || !records.some(isThere)) return null;
  const why = broken.status === null ? 'it did not answer' : `it answered ${broken.status}`;
  const named = records.find(({ user }) => user !== null)?.user;
  const still = named ? ` The record still names ${named.name}.` : '';
  return `The shop cannot tell who ${nameOf(browser)} is: ${why}.${still}`;
}

/** What the app did with the request without the cookie is told, too: it may have had a reason of its own to refuse it. */
export function notSent(browser: Browser): string {
  const { broken, keptFrom } = browser.cookies[0]!;
  const { answer } = browser;
  const why = broken?.how === 'not-sent' ? broken.why : (keptFrom?.why ?? '');
  const refused =
    answer && answer.by === null && answer.status >= 400
      ? ` The shop answered ${answer.status}${answer.error || '.'}`
      : '';
  return `${cookieOf([browser])} was not sent: ${why}.${refused}`;
}

export function readsPage(browser: Browser): string {
  const { about, by } = browser.answer!;
  if (by === 'browser') return `The browser shows ${about}’s page from its cache, and nobody is logged in.`;
  if (by === 'cache')
    return `${nameOf(browser)} got ${about}’s page from the shared cache, without ${about}’s session.`;
  const names = browser.means === null ? 'who has no session' : `whose cookie names ${browser.means.name}`;
  return `The shop showed ${about}’s page to ${nameWithin(browser)}, ${names}.`;
}

/**
 * Over http anybody on the network can answer in the shop's name.
 * @param brief without what became of the cookie
 */
export function answeredByAnother(browser: Browser, who: WhoIsWho, brief: boolean): Part {
  const name = impostorIn(who);
  const other = `${name ?? 'somebody on the network'}, who answered in the shop’s name`;
  if (browser.givenAway === 'password') {
    return { tone: 'danger', text: `The password that ${nameOf(browser)} typed went to ${other}.` };
  }
  if (browser.givenAway === 'cookie') return { tone: 'danger', text: `${cookieOf([browser])} went to ${other}.` };
  const { broken } = browser.cookies[0] ?? {};
  const kept = broken?.how === 'not-sent' && !brief ? `${cookieOf([browser])} was not sent: ${broken.why}. ` : '';
  const text = `${kept}${name ?? 'Somebody on the network'} answered ${nameOf(browser)} in the shop’s name.`;
  return { tone: 'plain', text };
}

/** The name of the only attacker: what is done in the shop’s name is done by the attacker. null where there are several, or none. */
function impostorIn({ browsers }: WhoIsWho): string | null {
  const attackers = browsers.filter(({ actor }) => actor.role === 'attacker');
  return attackers.length === 1 ? nameOf(attackers[0]!) : null;
}

export function copyText({ host, cookie, from }: WhoIsWho['copies'][number], who: WhoIsWho): string {
  const owner = who.browsers.filter(({ actor }) => actor.name === from);
  return `A copy of ${withinSentence(cookieOf(owner))} is at ${host} now. Anybody who reads it is ${ownerIn(who, cookie.sid)} to the shop.`;
}

export function listens(browser: Browser, isNew: boolean): string {
  const { heard } = browser.streams;
  if (heard > 0) {
    const events = heard === 1 ? 'an event' : `${heard} events`;
    return `${nameOf(browser)} got ${events} of the account in its open stream, and is nobody to the shop.`;
  }
  return `${nameOf(browser)} is nobody ${isNew ? 'now' : 'to the shop'}, but its stream of events is still open.`;
}

export function sentForAnother(browser: Browser): Part {
  const { page, status, error, read, request } = browser.cookies.find(({ sentFor }) => sentFor !== null)!.sentFor!;
  const sent = `${cookieOf([browser])} went along with a request that a page of ${page} made.`;
  if (status === null) return { tone: 'danger', text: sent };
  if (read === false) return { tone: 'safe', text: `${sent} The browser did not let it read the response.` };
  if (read && status < 400) return { tone: 'danger', text: `${sent} It read the response.` };
  const [method, path] = request.split(' ') as [string, string];
  if (status < 400 && method !== 'GET') {
    const did = deedWords(method, path).done(null, null);
    const cookie = withinSentence(cookieOf([browser]));
    return { tone: 'danger', text: `A page of ${page} ${did} with ${cookie}: the shop answered ${status}.` };
  }
  if (status < 400) return { tone: 'danger', text: `${sent} The shop accepted it: ${status}.` };
  return { tone: 'safe', text: `${sent} The shop refused it: ${status}${error || '.'}` };
}

/** How things are where a step did nothing that a trace shows. @param about those who asked for something, or everybody */
export function asItIs(about: readonly Browser[], view: View, who: WhoIsWho): string {
  const { otherRecords } = who;
  const known = about.filter(({ means }) => means !== null);
  const unknown = about.filter((browser) => browser.means === null && browser.cookies.length > 0);
  const failing = unknown.filter((it) => it.cookies[0]!.broken !== null || !recordsOf(it, who).some(isThere));
  if (failing.length > 0) return `${nobody(failing, view, who, 'to the shop')} ${together(known, '', who)}`.trim();
  if (known.length > 0) return `${together(known, '', who)}${refusals(known)}`;
  const shared = unknown.find((it) =>
    unknown.some((other) => other !== it && other.cookies[0]!.sid === it.cookies[0]!.sid),
  );
  if (shared) return 'Two browsers hold the same cookie. Its record names nobody yet.';
  const waiting = unknown.filter((it) => recordsOf(it, who).some(({ waitsFor }) => waitsFor !== null));
  if (waiting.length > 0) return nobody(waiting, view, who, 'to the shop');
  if (unknown.length > 0) return `${nameOf(unknown[0]!)} has a session, but nobody has logged in.`;
  if (otherRecords > 0)
    return `There are ${otherRecords} session records, and no browser here holds a cookie for them.`;
  return 'Nobody has a session yet.';
}

export function hindranceText(browser: Browser): string {
  const { hindrance } = browser;
  if (hindrance?.how === 'cookie-refused')
    return `${possessive(browser)} browser did not keep the session cookie: ${hindrance.why}.`;
  return `The answer to the preflight did not allow the request, so ${possessive(browser)} browser did not send it.`;
}

/** Some requests of a browser may be refused all the same: by another process, or by another app. */
export function refusals(browsers: readonly Browser[]): string {
  const refused = browsers.find(
    (browser) =>
      browser.answer !== null && browser.answer.refused > 0 && browser.answer.refused < browser.answer.answered,
  );
  if (!refused) return '';
  const { refused: times, answered } = refused.answer!;
  return ` ${times} of ${answered} requests got 401.`;
}

/** "Mallory’s cookie", "The cookie of Alice’s phone", "The cookies of Alice’s laptop and phone" */
export function cookieOf(browsers: readonly Browser[]): string {
  const names = browsers.map(nameOf);
  if (names.length === 1 && !/\s/.test(names[0]!)) return `${names[0]}’s cookie`;
  const [, noun] = /^(?:An?|The) (\S+)$/.exec(names.length === 1 ? names[0]! : '') ?? [];
  if (noun !== undefined) return `The ${noun}’s cookie`;
  return `The ${names.length === 1 ? 'cookie' : 'cookies'} of ${namesOf(browsers, true)}`;
}

/** Returns "Alice’s laptop, phone and Mallory": an owner is named once. */
export function namesOf(browsers: readonly Browser[], inMiddle = false): string {
  const names = browsers.map(inMiddle ? nameWithin : nameOf);
  return list(
    names.map((name, index) => (ownerOf(name) === ownerOf(names[index - 1]) ? name.replace(owned, '') : name)),
  );
}

/** Whether a text names a browser, alone or in a list: "Alice’s phone", "Alice’s laptop, phone and Mallory". */
export function names(text: string, browser: Browser): boolean {
  const name = nameOf(browser);
  const short = name.replace(owned, '');
  return (
    text.includes(name) || (short !== name && text.includes(ownerOf(name)) && new RegExp(`[, ]${short}\\b`).test(text))
  );
}

/** "Alice’s phone" */
const owned = /^\S+’s (?=\S)/;
const ownerOf = (name = '') => owned.exec(name)?.[0] ?? name;

/** The name in the middle of a sentence. */
export const nameWithin = (browser: Browser) => withinSentence(nameOf(browser));

/** "a shared computer" for "A shared computer" */
const withinSentence = (name: string) => name.replace(/^(An?|The) /, (article) => article.toLowerCase());

export const list = (words: readonly string[]) =>
  words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

export const possessive = (browser: Browser) => `${nameOf(browser)}’s`;

/** "Alice" for "Alice, with two tabs"; "a shared computer" stays as it is. */
export const nameOf = ({ actor }: Browser) => actor.label.split(',')[0]!;
