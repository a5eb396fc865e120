/** What is dangerous at a moment, as sentences: it comes before everything else. Pure. */
import { sharesBasketOf } from './baskets.ts';
import { deedPart } from './deedSentences.ts';
import type { Deed } from './deeds.ts';
import { leadsTo, misleads } from './mailedLinks.ts';
import type { View } from './read.ts';
import { begun, lostItem, scriptActed, sentAway } from './storeSentences.ts';
import type { Part } from './verdict.ts';
import type { WhoIsWho } from './whoIsWho.ts';
import { isPosing, ownerIn, readsOthers } from './whoIsWhoFacts.ts';
import {
  answeredByAnother,
  copyText,
  listens,
  nameOf,
  nobody,
  readsPage,
  sentForAnother,
  together,
} from './whoIsWhoSentences.ts';

/** Returns null when nothing is. */
export function dangerOf(view: View, who: WhoIsWho, deeds: readonly Deed[]): Part[] | null {
  const { browsers } = who;
  const danger = (text: string): Part[] => [{ tone: 'danger', text }];
  const isChanged = ({ means, meant }: (typeof browsers)[number]) => means?.name !== meant?.name;
  const lost = browsers.filter((it) => isChanged(it) && it.means === null && it.actor.role !== 'attacker');
  const lostPart = (): Part[] => (lost.length === 0 ? [] : [{ tone: 'danger', text: nobody(lost, view, who, 'now') }]);

  const started = begun(who);
  if (started?.posing) return [started.part, ...lostPart()];

  const newlyPosing = browsers.filter((it) => isPosing(it) && it.means !== null && isChanged(it));
  if (newlyPosing.length > 0) return danger(together(newlyPosing, 'now', who));

  const risen = browsers.find(
    (it) => it.actor.role === 'attacker' && !isPosing(it) && it.means?.role === 'admin' && isChanged(it),
  );
  if (risen) return danger(together([risen], 'now', who).replace(/\.$/, ', an admin.'));

  const deceived = browsers.find(({ givenAway }) => givenAway !== null);
  if (deceived) return [answeredByAnother(deceived, who, browsers.some(isPosing))];

  const reading = browsers.find(readsOthers);
  if (reading) return danger(readsPage(reading));

  const listening = browsers.find(({ means, streams }) => means === null && streams.open > 0);
  if (listening && (isChanged(listening) || listening.streams.heard > 0 || deeds.length > 0))
    return danger(listens(listening, isChanged(listening)));

  const copied = who.copies.find(({ cookie }) => cookie.mark === 'added' && ownerIn(who, cookie.sid) !== null);
  if (copied) return danger(copyText(copied, who));

  const forced = browsers.find(({ cookies }) => cookies.some(({ sentFor }) => sentFor !== null));
  if (forced) return [sentForAnother(forced)];

  const letIn = browsers.find(({ answer, means }) => answer?.refusedBefore && answer.status < 300 && means === null);
  if (letIn) {
    const { status, about } = letIn.answer!;
    const text = `${nameOf(letIn)} has no session, and the shop answers ${status} to what it has refused before.`;
    return danger(about === null ? text : readsPage(letIn));
  }

  const inside = deeds.find(({ browser, words, done }) => {
    const isAttack = done && words.thing === 'the basket' && browser.actor.role === 'attacker';
    return isAttack && sharesBasketOf(browser, view) !== null;
  });
  if (inside) {
    const [first] = deeds;
    const others = first && first.browser !== inside.browser ? [deedPart(first, view, who)] : [];
    return [{ ...deedPart(inside, view, who), tone: 'danger' }, ...others];
  }

  if (misleads(who.link)) return danger(leadsTo(who.link));
  for (const found of [sentAway(view, who), lostItem(view), scriptActed(view, who)]) {
    if (found?.tone === 'danger') return [found];
  }
  return null;
}
