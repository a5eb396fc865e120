/** Who is who in words: which sentences stand under the picture. Pure. */
import { answerSentence, says } from './answerSentence.ts';
import { toneOfStep } from './answerTone.ts';
import { deedsIn } from './deeds.ts';
import { answerText } from './eventText.ts';
import { comparedPart } from './manyDeeds.ts';
import type { View } from './read.ts';
import { type Part, toneOf, type Verdict } from './verdict.ts';
import { type Browser, type WhoIsWho, whoIsWho } from './whoIsWho.ts';
import { changeParts } from './whoIsWhoChanges.ts';
import { dangerOf } from './whoIsWhoDangers.ts';
import { holdsNothing, isForeign, isInHand, isPosing, ownerIn, reachesNoRecord } from './whoIsWhoFacts.ts';
import { keptText } from './whoIsWhoLines.ts';
import { cookieOf, nameOf, names, possessive, together } from './whoIsWhoSentences.ts';
import { stepParts } from './whoIsWhoSteps.ts';

/**
 * Returns what a moment means: what is dangerous, else what the step changed, else what it did, and then who still passes for
 * somebody else. Two or three sentences at most.
 *
 * @param now sandbox ms
 */
export function verdict(view: View, now = view.at): Verdict {
  const who = whoIsWho(view, now);
  const deeds = deedsIn(view, who);
  const danger = dangerOf(view, who, deeds);
  const compared = danger ? null : comparedPart(deeds);
  const first =
    danger ?? (compared ? [compared] : null) ?? changeParts(view, who, deeds) ?? stepParts(view, who, deeds);
  const still = stillPosing(first, who);
  const told = [...first, ...still];
  const agreed = agreeing([...told, ...standing(told, who, deeds.length > 0)], still, view);
  const parts = [...agreed, ...stillInHand(agreed, who)].map((part) => (who.remembered ? precise(part) : part));
  const text = parts.map((part) => part.text).join(' ');
  return { text, tone: toneOf(parts), parts };
}

/**
 * The sentences agree with the answer of the step: none is green where it shows the weakness. Where the ask leads, or none of them says what
 * it shows, the question and its answer come first; where they have the answer in them, the first has its color.
 *
 * @param still those of the parts that were true before the step
 */
function agreeing(parts: readonly Part[], still: readonly Part[], view: View): Part[] {
  const shows = toneOfStep(view);
  if (shows === null || shows === 'wrong') return [...parts];
  const { ask, outline } = view.steps[view.step!]!;
  const answer = answerText(ask!.actual);
  const tone = toneFor[shows];
  const shown = { tone, text: `${outline.ask!.question} ${answerSentence(answer)}` };
  const agreed = parts.map((part) => (shows === 'weak' && part.tone === 'safe' ? { ...part, tone: plain } : part));
  if (outline.ask!.leads) return [shown, ...agreed];
  const [first, ...rest] = agreed;
  if (!first || tone === plain || agreed.some((part) => part.tone !== plain && !still.includes(part))) return agreed;
  const isSaid = agreed.some(({ text }) => says(text, answer));
  // That a cookie means its owner is no weakness by itself: the question says what is wrong with it.
  const misleads = shows === 'weak' && isOwn.test(first.text);
  if (!misleads && isSaid) return [{ ...first, tone }, ...rest];
  if (still.length === 0) return [shown, ...agreed];
  // Who still passes for somebody else says more than yes, no or a number; and four sentences are too many.
  const tells = typeof ask!.actual === 'string' && !/^(?:yes|no)\b/.test(answer) && agreed.length <= 2;
  return tells && !isSaid ? [shown, ...agreed] : agreed;
}

const isOwn = /^(?:The cookies? of )?(\S+)’s (?:.* )?means? \1\.$/;
const plain = 'plain' as const;
/** What an answer adds to the color of the sentence. */
const toneFor = { weak: 'danger', firm: 'safe', same: plain, differs: plain } as const;

/** Where browsers hold remember cookies as well, the word says which cookie is meant. */
const precise = (part: Part): Part => ({
  ...part,
  text: part.text.replace(/(?<=’s )cookie\b|(?<=^The )cookie(?=s? of )/g, 'session cookie'),
});

/** Those who passed for somebody else before the step and still do, unless the sentences so far are about them. */
function stillPosing(told: readonly Part[], who: WhoIsWho): Part[] {
  const said = told.map(({ text }) => text).join(' ');
  const still = who.browsers.filter(
    (browser) =>
      isPosing(browser) &&
      !isInHand(browser) &&
      browser.means !== null &&
      browser.means.name === browser.meant?.name &&
      !said.includes(`${possessive(browser)} cookie`) &&
      !new RegExp(`${nameOf(browser)} [^.]* as ${browser.means.name}`).test(said),
  );
  const parts: Part[] = still.length === 0 ? [] : [{ tone: 'danger', text: together(still, 'still', who) }];
  const holder = who.browsers.find((it) => it.begun !== null && it.begun.added === 0 && isPosing(it));
  if (!holder?.begun?.user) return parts;
  const { records, user } = holder.begun;
  const [those, mean] = records === 1 ? ['one session', 'means'] : [`${records} sessions`, 'mean'];
  const text = `${possessive(holder)} ${those} still ${mean} ${user.name}.`;
  return [...parts, { tone: 'danger', text }];
}

/** Those who pass for somebody else whenever they type again what they have typed before. It is no answer to the question of the step. */
function stillInHand(told: readonly Part[], who: WhoIsWho): Part[] {
  const said = told.map(({ text }) => text).join(' ');
  const still = who.browsers.filter((it) => isInHand(it) && isPosing(it) && !said.includes(`${possessive(it)} cookie`));
  return still.length === 0 ? [] : [{ tone: 'danger', text: together(still, 'still', who) }];
}

/** What else holds at the moment, if there is room for it. */
function standing(told: readonly Part[], who: WhoIsWho, acted: boolean): Part[] {
  if (who.keptRecords > 0) return [{ tone: 'plain', text: keptText(who) }];
  if (who.browsers.some((browser) => browser.means !== null && browser.tooOld))
    return [{ tone: 'plain', text: askedNoMore }];
  const text = told.map((part) => part.text).join(' ');
  const copy = who.copies.find(({ host, cookie }) => text.includes(`to ${host} holds no`) && ownerIn(who, cookie.sid));
  if (copy) {
    const whose = ownerIn(who, copy.cookie.sid);
    return [{ tone: 'danger', text: `An earlier copy of ${whose}’s cookie is still there.` }];
  }
  if (/\. /.test(text)) return [];
  const remembered = remembersAnother(who);
  if (remembered) return [{ tone: 'danger', text: remembered }];
  // That a page was answered does not say as whom.
  const says = (it: Browser) => names(text.replaceAll(`${nameOf(it)} got /`, ''), it);
  const out = who.browsers.filter((it) => it.actor.role === 'attacker' && holdsNothing(it, who) && !says(it));
  if (out.length === 0 || !acted || told.some(({ tone }) => tone !== 'plain')) return [];
  // Whoever did something in the step may be nobody as well: the learner has deleted the record, for instance.
  const too = who.browsers.filter((it) => it.actor.role !== 'attacker' && reachesNoRecord(it, who) && says(it));
  if (!text.includes('nobody') && too.length > 0)
    return [{ tone: 'plain', text: `${cookieOf([...too, ...out])} mean nobody.` }];
  // It would be no comfort while a site holds a copy that works.
  const working = who.copies.find(({ cookie }) => ownerIn(who, cookie.sid));
  if (working)
    return [{ tone: 'danger', text: `The copy at ${working.host} still means ${ownerIn(who, working.cookie.sid)}.` }];
  return [{ tone: 'safe', text: `${cookieOf(out)} ${out.length === 1 ? 'means' : 'mean'} nobody.` }];
}

/** A token that starts a session as somebody else; '' when nobody has one. */
function remembersAnother({ browsers, records }: WhoIsWho): string {
  const told = browsers.flatMap((browser) =>
    browser.tokens.flatMap(({ sid, broken }) => {
      const user = broken === null ? records.find((it) => it.sid === sid)?.user : null;
      return user && isForeign(browser, user.name)
        ? [`${possessive(browser)} remember token can start another session as ${user.name}.`]
        : [];
    }),
  );
  return told[0] ?? '';
}

const askedNoMore = 'The absolute limit has passed: the next request shows whether the shop checks it.';
