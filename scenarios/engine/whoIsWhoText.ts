/** Who is who in words: which sentence stands under the picture. Pure. */
import { leadsTo, misleads } from './mailedLinks.ts';
import type { WhoIsWho } from './whoIsWho.ts';
import {
  isForeign,
  isForgotten,
  isNewlyLost,
  isPosing,
  isUnreachable,
  ownerIn,
  reachesNoRecord,
  readsOthers,
  recordsOf,
  waitsInVain,
} from './whoIsWhoFacts.ts';
import { keptText } from './whoIsWhoLines.ts';
import {
  answeredByAnother,
  asItIs,
  cookieOf,
  copyText,
  failureOf,
  listens,
  lostText,
  nameOf,
  nobody,
  notSent,
  possessive,
  readsPage,
  sentForAnother,
  together,
  type Verdict,
} from './whoIsWhoSentences.ts';

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
