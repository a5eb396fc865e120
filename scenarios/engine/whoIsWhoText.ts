/** Who is who, in words: the sentence under the picture. Pure. */
import { leadsTo, misleads } from './mailedLinks.ts';
import type { SessionRecord } from './sessionRecord.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';
import { keptText } from './whoIsWhoLines.ts';

export interface Verdict {
  text: string;
  /** `danger`: somebody passes for somebody else. `safe`: an attack was stopped. */
  tone: 'danger' | 'safe' | 'plain';
}

/** Returns what a moment means: first what is dangerous, then what the step changed, then how things are. At most two sentences. */
export function verdict(who: WhoIsWho): Verdict {
  const { tone, text } = whatItMeans(who);
  const tooOld = who.browsers.some((browser) => browser.means !== null && browser.tooOld);
  const more =
    who.keptRecords > 0 ? keptText(who) : tooOld ? askedNoMore : /\. /.test(text) ? '' : remembersAnother(who);
  return { tone, text: `${text} ${more}`.trim() };
}

/** A token that starts a session as somebody else; '' when nobody has one. */
function remembersAnother({ browsers, records }: WhoIsWho): string {
  const told = browsers.flatMap((browser) =>
    browser.tokens.flatMap(({ sid, broken }) => {
      const user = broken === null ? records.find((it) => it.sid === sid)?.user : null;
      return user && isForeign(browser, user.name)
        ? [`${possessive(browser)} remember token starts another session as ${user.name}.`]
        : [];
    }),
  );
  return told[0] ?? '';
}

const askedNoMore = 'The absolute limit has passed: the next request shows whether the shop checks it.';

function whatItMeans(who: WhoIsWho): Verdict {
  const { browsers } = who;
  const changed = browsers.filter(({ means, meant }) => means?.name !== meant?.name);
  const acting = browsers.filter((browser) => browser.answer !== null || changed.includes(browser));
  const posing = browsers.filter(isPosing);
  const left = changed.filter(({ means }) => means === null);
  const entered = changed.filter((browser) => browser.means !== null && !posing.includes(browser));
  const still = posing.filter((browser) => !changed.includes(browser));

  const newlyPosing = posing.filter((browser) => changed.includes(browser));
  if (newlyPosing.length > 0) return { tone: 'danger', text: together(newlyPosing, 'now', who) };

  const deceived = browsers.find(({ givenAway }) => givenAway !== null);
  if (deceived) return answeredByAnother(deceived, still, who);

  const reading = browsers.find(readsOthers);
  if (reading) return { tone: 'danger', text: readsPage(reading) };

  const listening = browsers.find(({ means, streams }) => means === null && streams.open > 0);
  if (listening) return { tone: 'danger', text: listens(listening) };

  const copied = who.copies.find(({ cookie }) => cookie.mark === 'added' && ownerIn(who, cookie.sid) !== null);
  if (copied) return { tone: 'danger', text: copyText(copied, who) };

  const forced = browsers.find(({ cookies }) => cookies.some(({ sentFor }) => sentFor !== null));
  if (forced) return sentForAnother(forced);

  const letIn = browsers.find(({ answer, means }) => answer?.refusedBefore && answer.status < 300 && means === null);
  if (letIn) {
    const { status, about } = letIn.answer!;
    const text = `${nameOf(letIn)} has no session, and the shop answers ${status} to what it has refused before.`;
    return { tone: 'danger', text: about === null ? text : readsPage(letIn) };
  }

  if (misleads(who.link)) return { tone: 'danger', text: leadsTo(who.link) };

  const failure = still.length === 0 ? browsers.flatMap((browser) => failureOf(browser, who) ?? [])[0] : undefined;
  if (failure) return { tone: 'plain', text: failure };

  const untold = acting.find((browser) => browser.means === null && recordsOf(browser, who).some(isUnreachable));
  if (untold) return { tone: 'plain', text: `The shop cannot tell who ${nameOf(untold)} is: it does not reach Redis.` };

  const lost = browsers.filter((browser) => browser.means === null && recordsOf(browser, who).some(isNewlyLost));
  if (lost.length > 0)
    return { tone: 'plain', text: [together(entered, 'now', who), lostText(lost, who)].join(' ').trim() };

  const second = browsers.find(({ tokens }) =>
    tokens.some(({ sid, broken }) => broken?.how === 'used' && isForgotten(sid, who)),
  );
  const noticed = second ? `${possessive(second)} remember token had been used before, and the shop forgot it.` : '';

  const caught = left.filter((browser) => isForeign(browser, browser.meant!.name));
  if (caught.length > 0)
    return {
      tone: 'safe',
      text: [noticed || together(entered, 'now', who), nobody(caught[0]!, who, 'now')].join(' ').trim(),
    };
  if (noticed) return { tone: 'safe', text: noticed };

  const kept = left.find(({ cookies }) => cookies[0]?.broken?.how === 'not-sent');
  if (kept) return { tone: kept.answer?.by ? 'plain' : 'safe', text: notSent(kept) };

  const first = acting.find((browser) => !posing.includes(browser));
  if (still.length > 0) {
    const others =
      first && first.means === null ? nobody(first, who, changed.includes(first) ? 'now' : 'to the shop') : '';
    return {
      tone: 'danger',
      text: [others || together(entered, 'now', who), together(still, 'still', who)].join(' ').trim(),
    };
  }
  if (entered.length > 0) return { tone: 'plain', text: together(entered, 'now', who) };
  if (left.length > 0)
    return {
      tone: 'plain',
      text: left
        .slice(0, 2)
        .map((it) => nobody(it, who, 'now'))
        .join(' '),
    };
  const stopped = acting.some(
    (browser) => browser.actor.role === 'attacker' && (reachesNoRecord(browser, who) || waitsInVain(browser, who)),
  );
  const text = asItIs(acting, who);
  const out = browsers.find((it) => it.actor.role === 'attacker' && !acting.includes(it) && reachesNoRecord(it, who));
  if (out && acting.length > 0 && acting.every(({ means }) => means !== null)) {
    return { tone: 'plain', text: `${text} ${cookieOf([out])} means nobody.` };
  }
  return { tone: stopped ? 'safe' : 'plain', text };
}

/** "The shop cannot tell who Alice is: it answered 503. The record still names Alice."; null when that is not why. */
function failureOf(browser: Browser, who: WhoIsWho): string | null {
  const { broken } = browser.cookies[0] ?? {};
  const records = recordsOf(browser, who);
  if (broken?.how !== 'failed' || browser.means !== null || !records.some(isThere)) return null;
  const why = broken.status === null ? 'it did not answer' : `it answered ${broken.status}`;
  const named = records.find(({ user }) => user !== null)?.user;
  const still = named ? ` The record still names ${named.name}.` : '';
  return `The shop cannot tell who ${nameOf(browser)} is: ${why}.${still}`;
}

/** Whether a browser holds a session cookie that the app does not see, or that names no record. */
const reachesNoRecord = (browser: Browser, who: WhoIsWho) =>
  browser.cookies[0] !== undefined && (browser.cookies[0].broken !== null || !recordsOf(browser, who).some(isThere));

/** Whether a browser was refused because its record waits for a code. */
const waitsInVain = (browser: Browser, who: WhoIsWho) =>
  browser.answer !== null && browser.answer.status >= 400 && recordsOf(browser, who).some(({ waitsFor }) => waitsFor);

/** The records that the first cookie of a browser names: several only if each process has its own memory. */
const recordsOf = ({ cookies: [cookie] }: Browser, { records }: WhoIsWho) =>
  records.filter(({ sid }) => sid === cookie?.sid);

const isUnreachable = ({ state }: SessionRecord) => state === 'unreachable';

const isNewlyLost = ({ process, state, mark }: SessionRecord) => process !== null && state === 'lost' && mark !== null;

/** Whether a browser passes for somebody it does not belong to. */
export const isPosing = (browser: Browser) => browser.means !== null && isForeign(browser, browser.means.name);

/** A thing of nobody, such as a shared computer, is nobody's impostor unless an attacker has it. */
const isForeign = ({ owner, actor }: Browser, name: string) =>
  owner === null ? actor.role === 'attacker' : owner !== name;

/** A page of somebody whom the browser's own session does not name: from a cache, or from an app that does not ask the session. */
function readsOthers(browser: Browser): boolean {
  const { answer, means } = browser;
  if (!answer || answer.about === null || answer.status >= 300 || answer.about === means?.name) return false;
  if (answer.by === 'browser') return true;
  // Since the app answered, time may have ended the session.
  if (answer.by === null && means === null) return false;
  return isForeign(browser, answer.about);
}

function readsPage(browser: Browser): string {
  const { about, by } = browser.answer!;
  if (by === 'browser') return `The browser shows ${about}’s page from its cache, and nobody is logged in.`;
  if (by === 'cache')
    return `${nameOf(browser)} got ${about}’s page from the shared cache, without ${about}’s session.`;
  return `The shop showed ${nameOf(browser)} the page of ${about}, whom no record of this browser names.`;
}

/** Over http anybody on the network can answer in the shop's name. */
function answeredByAnother(browser: Browser, still: readonly Browser[], who: WhoIsWho): Verdict {
  const name = impostorIn(who);
  const other = `${name ?? 'somebody on the network'}, who answered in the shop’s name`;
  if (browser.givenAway === 'password') {
    return { tone: 'danger', text: `The password that ${nameOf(browser)} typed went to ${other}.` };
  }
  if (browser.givenAway === 'cookie') return { tone: 'danger', text: `${cookieOf([browser])} went to ${other}.` };
  const answered = `${name ?? 'Somebody on the network'} answered ${nameOf(browser)} in the shop’s name.`;
  if (still.length > 0) return { tone: 'danger', text: `${answered} ${together(still, 'still', who)}` };
  const { broken } = browser.cookies[0] ?? {};
  const kept = broken?.how === 'not-sent' ? `${cookieOf([browser])} was not sent: ${broken.why}. ` : '';
  return { tone: 'plain', text: `${kept}${answered}` };
}

const isForgotten = (series: string | null, { records }: WhoIsWho) =>
  records.some(({ sid, state, mark }) => sid === series && state === 'deleted' && mark === 'removed');

/** Returns the name of the person whom the record of a session names; null when it names nobody. */
const ownerIn = ({ records }: WhoIsWho, sid: string | null) =>
  records.find((record) => record.sid === sid && record.user !== null)?.user?.name ?? null;

function copyText({ host, cookie, from }: WhoIsWho['copies'][number], who: WhoIsWho): string {
  const owner = who.browsers.filter(({ actor }) => actor.name === from);
  return `A copy of ${withinSentence(cookieOf(owner))} is at ${host} now. Whoever reads it is ${ownerIn(who, cookie.sid)} to the shop.`;
}

/** The name of the only attacker: what is done in the shop’s name is done by whoever attacks. null where there are several, or none. */
function impostorIn({ browsers }: WhoIsWho): string | null {
  const attackers = browsers.filter(({ actor }) => actor.role === 'attacker');
  return attackers.length === 1 ? nameOf(attackers[0]!) : null;
}

function listens(browser: Browser): string {
  const { heard } = browser.streams;
  const still = heard === 0 ? '' : ` It got ${heard === 1 ? 'an event' : `${heard} events`} of the account.`;
  return `${nameOf(browser)} is nobody to the shop, but its stream of events is still open.${still}`;
}

function sentForAnother(browser: Browser): Verdict {
  const { page, status, read } = browser.cookies.find(({ sentFor }) => sentFor !== null)!.sentFor!;
  const sent = `${cookieOf([browser])} went along with a request that a page of ${page} made.`;
  if (status === null) return { tone: 'danger', text: sent };
  if (read === false) return { tone: 'safe', text: `${sent} The browser did not let it read the response.` };
  if (read && status < 400) return { tone: 'danger', text: `${sent} It read the response.` };
  if (status < 400) return { tone: 'danger', text: `${sent} The shop accepted it: ${status}.` };
  return { tone: 'safe', text: `${sent} The shop refused it: ${status}.` };
}

/** "The cookies of Alice’s laptop and Alice’s phone now mean Alice." One sentence for each person meant. */
function together(browsers: readonly Browser[], when: 'now' | 'still' | '', who: WhoIsWho): string {
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

/** "Alice and Mallory are nobody now: the processes ended, and the records in their memory are lost." */
function lostText(browsers: readonly Browser[], who: WhoIsWho): string {
  const several = browsers.some((browser) => recordsOf(browser, who).length > 1);
  const [ended, their] = several ? ['processes were', 'their'] : ['process was', 'its'];
  const verb = browsers.length === 1 ? 'is' : 'are';
  return `${list(browsers.map(nameOf))} ${verb} nobody now: the ${ended} restarted, and what was in ${their} memory is lost.`;
}

function nobody(browser: Browser, who: WhoIsWho, when: 'now' | 'to the shop'): string {
  const [cookie] = browser.cookies;
  const records = recordsOf(browser, who);
  return `${nameOf(browser)} is nobody ${when}: ${reason()}.`;

  function reason(): string {
    if (!cookie) return 'there is no session cookie';
    const ended = records.some(isThere) ? undefined : records.find(({ state }) => state in gone);
    if (ended?.state === 'lost' && ended.process === null) return 'the record was lost when Redis restarted';
    if (ended) return `the record ${gone[ended.state as keyof typeof gone]}`;
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
        return 'the shop has no record of its own for the cookie';
      case 'not-sent':
        return `the cookie was not sent, because ${cookie.broken.why}`;
    }
    const waiting = records.find((record) => isThere(record) && record.waitsFor !== null);
    if (waiting) return `the record waits for ${waiting.waitsFor}’s code`;
    if (records.some(isThere)) return 'the record names nobody';
    if (records.some(({ state }) => state === 'unseen')) return 'the shop names nobody for the cookie';
    if (records.some(isUnreachable)) return 'the shop does not reach Redis';
    const inMemory = records.some(({ process }) => process !== null);
    return inMemory ? 'the memory of the shop has no record for the cookie' : 'Redis has no record for the cookie';
  }
}

const gone = {
  deleted: 'was deleted',
  evicted: 'was evicted by Redis',
  expired: 'has expired',
  kept: 'has expired',
  lost: 'was lost when the process that had it in memory ended',
};

/** What the app did with the request without the cookie is told, too: it may have had a reason of its own to refuse it. */
function notSent(browser: Browser): string {
  const { broken } = browser.cookies[0]!;
  const { answer } = browser;
  const refused = answer && answer.by === null && answer.status >= 400 ? ` The shop answered ${answer.status}.` : '';
  return `${cookieOf([browser])} was not sent: ${broken?.how === 'not-sent' ? broken.why : ''}.${refused}`;
}

function asItIs(acting: readonly Browser[], who: WhoIsWho): string {
  const { browsers, otherRecords } = who;
  const about = acting.length > 0 ? acting : browsers;
  const known = about.filter(({ means }) => means !== null);
  const unknown = about.filter((browser) => browser.means === null && browser.cookies.length > 0);
  const failing = unknown.find((it) => it.cookies[0]!.broken !== null || !recordsOf(it, who).some(isThere));
  const hindered = acting.find(isHindered);
  if (hindered) return hindranceText(hindered);
  if (failing) return [nobody(failing, who, 'to the shop'), together(known, '', who)].join(' ').trim();
  if (known.length > 0) return `${together(known, '', who)}${refusals(known, who)}`;
  const shared = unknown.find((it) =>
    unknown.some((other) => other !== it && other.cookies[0]!.sid === it.cookies[0]!.sid),
  );
  if (shared) return 'Two browsers hold the same cookie. Its record names nobody yet.';
  const waiting = unknown.find((it) => recordsOf(it, who).some(({ waitsFor }) => waitsFor !== null));
  if (waiting) return nobody(waiting, who, 'to the shop');
  if (unknown.length > 0) return `${nameOf(unknown[0]!)} has a session, but nobody has logged in.`;
  if (otherRecords > 0) return `${otherRecords} session records, and no browser here holds a cookie for them.`;
  if (acting.length > 0) return `${nameOf(acting[0]!)} has no session. ${leadsTo(who.link)}`.trim();
  return 'Nobody has a session yet.';
}

/** A browser that has a session cookie already may refuse another one. */
const isHindered = ({ hindrance, cookies }: Browser) =>
  hindrance !== null && (hindrance.how === 'not-allowed' || cookies.length === 0);

function hindranceText(browser: Browser): string {
  const { hindrance } = browser;
  if (hindrance?.how === 'cookie-refused')
    return `${possessive(browser)} browser did not keep the session cookie: ${hindrance.why}.`;
  return `The answer to the preflight did not allow the request, so ${possessive(browser)} browser did not send it.`;
}

const isThere = ({ state, user }: SessionRecord) =>
  state === 'live' || state === 'token' || state === 'elsewhere' || (state === 'unseen' && user !== null);

/** Some requests of a browser may be refused all the same: by another process, or by another app. */
function refusals(browsers: readonly Browser[], who: WhoIsWho): string {
  const refused = browsers.find(
    (browser) =>
      browser.answer !== null && browser.answer.refused > 0 && browser.answer.refused < browser.answer.answered,
  );
  if (!refused) return '';
  const { refused: times, answered } = refused.answer!;
  return ` ${times} of ${answered} requests got 401${where(refused, who) ? '' : ' all the same'}.`;
}

/** "Mallory’s cookie", "The cookie of Alice’s phone", "The cookies of Alice’s laptop and Alice’s phone" */
function cookieOf(browsers: readonly Browser[]): string {
  const names = browsers.map(nameOf);
  if (names.length === 1 && !/\s/.test(names[0]!)) return `${names[0]}’s cookie`;
  return `The ${names.length === 1 ? 'cookie' : 'cookies'} of ${list(names.map(withinSentence))}`;
}

/** "a shared computer" for "A shared computer" */
const withinSentence = (name: string) => name.replace(/^(An?|The) /, (article) => article.toLowerCase());

const list = (words: readonly string[]) =>
  words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const possessive = (browser: Browser) => `${nameOf(browser)}’s`;

/** "Alice" for "Alice, with two tabs"; "a shared computer" stays as it is. */
const nameOf = ({ actor }: Browser) => actor.label.split(',')[0]!;
