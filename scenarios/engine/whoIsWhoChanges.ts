/** Who means somebody else since the step started, as sentences. Pure. */
import { deedPart, refusedToken, resume } from './deedSentences.ts';
import type { Deed } from './deeds.ts';
import { refusedForgedLogin } from './forgedLogin.ts';
import type { View } from './read.ts';
import { offered } from './storeSentences.ts';
import type { Part } from './verdict.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';
import { isForeign, isForgotten, isNewlyLost, isPosing, isUnreachable, recordsOf } from './whoIsWhoFacts.ts';
import {
  failureOf,
  lostText,
  nameOf,
  namesOf,
  nameWithin,
  nobody,
  notSent,
  possessive,
  together,
  whyNobody,
} from './whoIsWhoSentences.ts';

/** From this weight on, what was done to an account says more than who logged in to do it. */
export const matters = 52;

/** Returns null when nobody’s identity changed. */
export function changeParts(view: View, who: WhoIsWho, deeds: readonly Deed[]): Part[] | null {
  const { browsers } = who;
  const plain = (...texts: string[]): Part[] => [{ tone: 'plain', text: texts.join(' ').trim() }];
  const changed = browsers.filter(({ means, meant }) => means?.name !== meant?.name);
  const entered = changed.filter((browser) => browser.means !== null && !isPosing(browser));
  // A value that is typed for one request takes nothing away from anybody.
  const left = changed.filter(({ means, cookies }) => means === null && !(cookies[0]?.handMade && cookies.length > 1));
  const failure = browsers.flatMap((browser) => failureOf(browser, who) ?? [])[0];
  if (failure) return plain(failure);

  const untold = browsers.find(
    (it) =>
      it.means === null &&
      (it.answer !== null || it.unanswered || left.includes(it)) &&
      recordsOf(it, who).some(isUnreachable),
  );
  if (untold && (left.includes(untold) || deeds.length === 0))
    return plain(`The shop cannot tell who ${nameOf(untold)} is: it gets no answer from Redis.`);

  const lost = browsers.filter((browser) => browser.means === null && recordsOf(browser, who).some(isNewlyLost));
  if (lost.length > 0) return plain(together(entered, 'now', who), lostText(lost, who));

  const second = browsers.find(({ tokens }) =>
    tokens.some(({ sid, broken }) => broken?.how === 'used' && isForgotten(sid, who)),
  );
  if (second) {
    const noticed = `${possessive(second)} remember token had been used before, and the shop forgot it.`;
    const caught = left.filter(isCaught);
    return [
      { tone: 'safe', text: noticed },
      ...(caught.length > 0 ? [{ tone: 'safe' as const, text: nobody(caught, view, who, 'now') }] : []),
    ];
  }

  const forged = refusedForgedLogin(view);
  if (forged) return [forged];

  const aside = browsers.find(({ cookies }) => cookies[0]?.keptFrom);
  const kept = left.find(({ cookies }) => cookies[0]?.broken?.how === 'not-sent') ?? aside;
  if (kept) {
    // That a cookie is for one host alone matters less than what the other one set.
    const set = kept === aside ? offered(view, who) : null;
    return [set ?? { tone: kept.answer?.by ? 'plain' : 'safe', text: notSent(kept) }];
  }

  const vain = loginInVain(deeds, view, who);
  if (vain) return plain(vain);

  const stuck = deeds.find(
    ({ words, status, browser }) => words.kind === 'logout' && (status ?? 0) >= 500 && browser.means !== null,
  );
  if (stuck) return [deedPart(stuck, view, who)];

  // What became of a token says more than who its device is.
  const account = deeds.find(({ done, words, request }) => done && (words.weight >= matters || request === resume));
  const cause = account ? [deedPart(account, view, who)] : [];
  if (left.length === 0) {
    if (entered.length === 0) return null;
    return cause.length > 0 ? cause : plain(together(entered, 'now', who));
  }
  const loggedOut = deeds.filter(({ done, words }) => done && words.kind === 'logout').map(({ browser }) => browser);
  const gone = leftParts(left, { isTold: account !== undefined, loggedOut }, view, who);
  if (gone.every(({ tone }) => tone === 'safe') && cause[0]?.tone === 'plain') cause[0] = { ...cause[0], tone: 'safe' };
  const comes = cause.length > 0 || gone.length > 1 || entered.length === 0 ? [] : plain(together(entered, 'now', who));
  return [...cause, ...comes, ...gone, ...refusedToken(deeds, view, who)];
}

/** An attacker, or a person who had passed for somebody else. */
const isCaught = (browser: Browser) =>
  browser.actor.role !== 'victim' && browser.meant !== null && isForeign(browser, browser.meant.name);

/** Those who are nobody now: owners first, as a loss; then those whose attack ended with it. */
function leftParts(
  left: readonly Browser[],
  { isTold, loggedOut }: { isTold: boolean; loggedOut: readonly Browser[] },
  view: View,
  who: WhoIsWho,
): Part[] {
  const caught = left.filter(isCaught);
  const owners = left.filter((browser) => !caught.includes(browser));
  const losing = owners.filter((browser) => !loggedOut.includes(browser) || caught.length === 0);
  const [browser] = caught;
  const say = (those: readonly Browser[]) =>
    isTold ? `${namesOf(those)} ${those.length === 1 ? 'is' : 'are'} nobody now.` : nobody(those, view, who, 'now');
  const parts: Part[] = losing.length > 0 ? [{ tone: 'plain', text: `${say(losing)}${stillNamed(losing, who)}` }] : [];
  if (!browser) return parts;
  const asWell = losing.length > 0 && whyNobody(losing.at(-1)!, view, who) === whyNobody(browser, view, who);
  const text = asWell ? `So ${caught.length === 1 ? 'is' : 'are'} ${namesOf(caught)}.` : say(caught);
  return [...parts, { tone: 'safe', text }];
}

/** " The record still names Alice.", where only the cookie is gone and nobody else holds it. */
function stillNamed([browser]: readonly Browser[], who: WhoIsWho): string {
  const how = browser?.cookies[0]?.broken?.how;
  if (!browser || (how !== 'deleted' && how !== 'expired' && how !== 'refused')) return '';
  const isHeld = who.browsers.some(
    (other) => other !== browser && other.means !== null && other.cookies[0]?.sid === browser.cookies[0]?.sid,
  );
  const record = recordsOf(browser, who).find(({ user }) => user !== null);
  if (!record || isHeld) return '';
  return ` The ${record.state === 'token' ? 'token' : 'record'} still names ${record.user!.name}.`;
}

/** A login that the app answered well, after which its browser is nobody all the same; null when there is none. */
function loginInVain(deeds: readonly Deed[], view: View, who: WhoIsWho): string | null {
  const vain = deeds.find(
    ({ words, done, browser, exchanges }) =>
      words.kind === 'login' &&
      done &&
      browser.means === null &&
      browser.hindrance === null &&
      (view.restarted === null || view.restarted < exchanges.at(-1)!.request.seq) &&
      !recordsOf(browser, who).some(({ waitsFor }) => waitsFor !== null) &&
      !deeds.some((other) => other.browser === browser && other.done && other.words.kind === 'logout'),
  );
  const answer = vain?.exchanges.findLast(({ response }) => response !== null && response.status < 400)?.response;
  // A record that went within the step was there.
  const went = who.records.some(({ sid, mark }) => sid === answer?.sid && mark === 'removed');
  if (!vain || !answer || went) return null;
  const { browser } = vain;
  return `The login answered ${answer.status}, but ${nameWithin(browser)} is nobody: ${whyNobody(browser, view, who)}.`;
}
