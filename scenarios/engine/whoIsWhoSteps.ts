/** What a step did where nobody’s identity changed, as sentences. Pure. */

import { accountPageParts, deedPart, refusedToken } from './deedSentences.ts';
import { type Deed, deedsIn } from './deeds.ts';
import { quotedError } from './lastAnswer.ts';
import { leadsTo } from './mailedLinks.ts';
import { mostAlone } from './manyDeeds.ts';
import { otherPage } from './otherPage.ts';
import type { View } from './read.ts';
import { begun, disturbed, offered, refusedCookie, scriptRead, sentAway, written } from './storeSentences.ts';
import type { Part } from './verdict.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';
import { matters } from './whoIsWhoChanges.ts';
import { isHindered, isPosing, reachesNoRecord } from './whoIsWhoFacts.ts';
import {
  asItIs,
  cookieOf,
  hindranceText,
  nameWithin,
  nobody,
  refusals,
  together,
  whyNobody,
} from './whoIsWhoSentences.ts';

/** Returns at least one sentence. */
export function stepParts(view: View, who: WhoIsWho, deeds: readonly Deed[]): Part[] {
  const plain = (text: string): Part[] => [{ tone: 'plain', text }];
  const started = begun(who);
  if (started) return [started.part];
  const hindered = who.browsers.find((browser) => browser.answer !== null && isHindered(browser));
  if (hindered) {
    const asked = view.exchanges.findLast(({ request }) => request.actor === hindered.actor.name);
    return [{ tone: asked && otherPage(asked, view) ? 'safe' : 'plain', text: hindranceText(hindered) }];
  }

  const byHand = sentByHand(view, who, deeds) ?? heldBack(view, who);
  if (byHand) return [byHand];
  const refused = refusedCookie(view, who);
  if (refused) return [refused];
  const [deed] = deeds;
  const last = view.exchanges.at(-1);
  const away = last && last.request.seq >= view.since && last.request.body !== null ? sentAway(view, who) : null;
  if (away) return [away];
  if (!deed) {
    const found = written(view, who) ?? sentAway(view, who) ?? offered(view, who) ?? disturbed(view);
    const state = asItIs(
      who.browsers.filter((browser) => !isPosing(browser)),
      view,
      who,
    );
    if (found) return [found];
    if (!/^Nobody/.test(state)) return plain(state);
    return who.browsers.some(isPosing) ? [] : [doneBefore(view, who) ?? { tone: 'plain', text: state }];
  }

  if (deed.words.thing === 'the account page' && deed.exchanges.length > 0) return onAccountPage(view, who, deeds);

  const { browser } = deed;
  const read = scriptRead(deed, view);
  if (read) return [read];
  const isFirst = browser.means === null && browser.cookies.some(({ mark }) => mark === 'added');
  if (deed.done && isFirst && deed.words.kind !== 'logout' && deed.words.weight < matters)
    return plain(asItIs([browser], view, who));
  if (!deed.done && deed.words.kind === 'login' && isFirst)
    return [deedPart(deed, view, who), ...plain(asItIs([browser], view, who))];
  const link = mailText(deed, who);
  const part = deedPart(deed, view, who);
  const leaves = deed.words.kind === 'other' && deeds.some((one) => one.browser === browser && isLogout(one));
  const text = leaves ? part.text.replace(/\.$/, ' and logged out.') : part.text;
  const more =
    link === '' ? [...refusedToken(deeds, view, who), ...strayOf(deed, who), ...letInAgain(deed, who)] : plain(link);
  return [{ ...part, text }, ...more];
}

/** What a mail says that somebody asked for. Where its link leads is what a link by mail is about. */
function mailText({ words }: Deed, { link }: WhoIsWho): string {
  if (words.thing === 'a link by mail') return leadsTo(link);
  return words.thing === 'the registration' && link?.is === 'mailed' ? `The shop sent a mail to ${link.to}.` : '';
}

const isLogout = ({ done, words }: Deed) => done && words.kind === 'logout';

/** Whom the cookies of an account mean that was disabled and is not any more. */
function letInAgain({ request, done, of }: Deed, who: WhoIsWho): Part[] {
  const again = who.browsers.filter(({ means, owner }) => means !== null && means.name === of && owner === of);
  if (!done || !request.endsWith('/enable') || again.length === 0) return [];
  return [{ tone: 'plain', text: together(again, '', who) }];
}

/** What the last requests before this step did: a step that sends nothing looks at them. null when there were none. */
function doneBefore(view: View, who: WhoIsWho): Part | null {
  const step = view.exchanges.at(-1)?.request.step ?? null;
  const first = view.exchanges.find(({ request }) => request.step === step);
  if (step === null || !first) return null;
  const earlier = { ...view, since: first.request.seq };
  const deeds = deedsIn(earlier, who);
  const deed =
    deeds.find(({ exchanges }) => exchanges.length > mostAlone) ?? deeds.find(({ status }) => status === null);
  return deed ? deedPart(deed, earlier, who) : null;
}

/** A request that another site caused and that went without the session cookie, though the browser used it in the step as well. */
function heldBack(view: View, who: WhoIsWho): Part | null {
  for (const exchange of view.exchanges) {
    const { request, response } = exchange;
    const browser = who.browsers.find(({ actor }) => actor.name === request.actor);
    if (request.seq < view.since || !browser?.means || isPosing(browser)) continue;
    const kept = request.cookies.find(({ sent, sid, why }) => !sent && sid !== null && why.includes('SameSite'));
    if (!kept || request.cookies.some(({ sent, sid }) => sent && sid !== null)) continue;
    const page = otherPage(exchange, view);
    const answered = response ? ` The shop answered ${response.status}${quotedError(response) || '.'}` : '';
    const text = `${cookieOf([browser])} was not sent: ${kept.why}.${answered}`;
    return { tone: page ? 'safe' : 'plain', text };
  }
  return null;
}

/** What the app makes of session cookies that were typed; null where none was, or one of them means somebody. */
function sentByHand(view: View, who: WhoIsWho, deeds: readonly Deed[]): Part | null {
  const browser = who.browsers.find((one) => one.means === null && one.cookies[0]?.handMade);
  const deed = deeds.find((one) => one.browser === browser);
  if (!browser || !deed) return null;
  const count = deed.exchanges.length;
  const [what, means] = count > 1 ? [`The ${count} cookies`, 'mean'] : ['The cookie', 'means'];
  const tone = browser.actor.role === 'attacker' ? 'safe' : 'plain';
  const why = whyNobody(browser, view, who);
  const text = `${what} that ${nameWithin(browser)} sent by hand ${means} nobody: ${count > 1 ? ofThem(why) : why}.`;
  return { tone, text };
}

const ofThem = (why: string) =>
  why.replace('the cookie’s signature', 'their signatures').replace('for the cookie', 'for them');

/** Who is who to the app is what its account page answers. */
function onAccountPage(view: View, who: WhoIsWho, deeds: readonly Deed[]): Part[] {
  const asked = deeds.filter(({ words }) => words.thing === 'the account page');
  const many = asked.find(({ exchanges, done }) => exchanges.length > 2 && !done);
  if (many) return [deedPart(many, view, who)];
  const failed = asked.find(({ status }) => status !== null && status >= 500);
  if (failed) return [deedPart(failed, view, who)];
  const posing = asked.filter(({ browser }) => isPosing(browser) && browser.means !== null);
  const unknown = asked.map(({ browser }) => browser).filter((browser) => browser.means === null);
  const known = accountPageParts(asked, view, who);
  const some = refusals(asked.map(({ browser }) => browser).filter((browser) => browser.means !== null));
  const parts: Part[] = posing.slice(0, 1).map((deed) => deedPart(deed, view, who));
  if (unknown.length > 0) {
    const attacked = unknown.every(({ actor }) => actor.role === 'attacker');
    parts.push({ tone: attacked ? 'safe' : 'plain', text: nobodyOn(unknown, view, who) });
  }
  parts.push(...known.map((part) => ({ ...part, text: `${part.text}${some}` })));
  return parts.length > 0 ? parts.slice(0, 2) : [deedPart(asked[0]!, view, who)];
}

function nobodyOn(unknown: readonly Browser[], view: View, who: WhoIsWho): string {
  const text = nobody(unknown, view, who, 'to the shop');
  const [stray] = strays(unknown[0]!, who);
  return stray ? `${text} A record still names ${stray}, and no browser holds its cookie.` : text;
}

/** " A record still names Alice", after what a browser without a cookie was refused. */
function strayOf({ browser, done }: Deed, who: WhoIsWho): Part[] {
  const [name] = done ? [] : strays(browser, who);
  return name ? [{ tone: 'plain', text: `A record still names ${name}, and no browser holds its cookie.` }] : [];
}

/** The names in records of a browser’s owner that no browser names. */
function strays(browser: Browser, who: WhoIsWho): string[] {
  const { owner, cookies } = browser;
  const { browsers, records } = who;
  if (cookies.length > 0 && !reachesNoRecord(browser, who)) return [];
  const held = browsers.flatMap((browser) => browser.cookies.map(({ sid }) => sid));
  return records.flatMap(({ sid, user, kind }) =>
    kind === 'session' && user !== null && user.name === owner && !held.includes(sid) ? [user.name] : [],
  );
}
