/** How a choice of limits ends, in words. Pure. */
import { type Click, endAfter, firstDisagreement, type Limits, loginEnd } from '../../../../scenarios/engine/limits.ts';
import type { StoreKind } from '../../../../scenarios/engine/trace.ts';
import { lengthText } from './limitSteps.ts';

/** Returns how long Alice stays logged in, and what ends it. */
export function outcomeText(limits: Limits, clicks: readonly Click[]): string {
  const { every, rolling, maxAge } = limits;
  const end = loginEnd(clicks, limits);
  const pace = `she clicks every ${lengthText(every)}`;
  if (!end) return `Alice is still logged in ${lengthText(clicks.at(-1)!.at)} after her login, ${whatIsNext(limits)}`;
  const stays = `Alice stays logged in for ${lengthText(end.at)}`;
  if (end.by === 'absolute') return `${stays}; then the absolute limit ends her session, although ${pace}.`;
  if (end.by === 'both') return `${stays}; then cookie and record expire, because ${pace} only.`;
  if (end.by === 'record') return `${stays}; then Redis deletes the record, because ${pace} only.`;
  const unrenewed = !rolling && every < (maxAge ?? 0);
  return unrenewed
    ? `${stays}; then her browser drops the cookie, which no click renews, because rolling is off.`
    : `${stays}; then her browser drops the cookie, because ${pace} only.`;
}

/** Returns what will end a session that all the clicks have not ended. */
function whatIsNext({ absolute, rolling, maxAge }: Limits): string {
  const cookieEnd = rolling ? null : maxAge;
  if (absolute !== null && absolute <= (cookieEnd ?? absolute))
    return `and the absolute limit ends her session only after ${lengthText(absolute)}.`;
  if (cookieEnd !== null) return `and her browser drops the cookie only after ${lengthText(cookieEnd)}.`;
  return 'and nothing ends her session as long as she clicks.';
}

/** Returns what outlives the login and what that means; null if nothing does. */
export function leftoverText(limits: Limits, clicks: readonly Click[]): string | null {
  const end = loginEnd(clicks, limits);
  const last = clicks.at(-1)!;
  if (!end) return null;
  const recordLeft = endAfter(last, 'record') - end.at;
  if (end.by === 'cookie' && last.record !== 'gone')
    return `The record stays in Redis for ${lengthText(recordLeft)} more: a copy of the cookie still works.`;
  if (end.by === 'record' && last.cookie !== 'gone')
    return 'The browser still sends the cookie, but it names no record.';
  if (end.by === 'absolute' && last.at > end.at)
    return `The record stays in Redis until her next click, ${lengthText(last.at - end.at)} later: only a request finds out.`;
  return null;
}

export const redisNames: Record<StoreKind, string> = { mock: 'the mock Redis', real: 'the real Redis' };

/** Returns whether the app did what the model says, and otherwise where they differ. @param store on which it was played */
export function agreementText(model: readonly Click[], measured: readonly Click[], store: StoreKind): string {
  const differs = firstDisagreement(model, measured);
  const count = measured.length - 1;
  if (differs === null)
    return `The app did the same on ${redisNames[store]}: a login and ${count} ${count === 1 ? 'click' : 'clicks'}, each with the same answer, cookie and record.`;
  const [said, was] = [model[differs], measured[differs]].map((click) => (click ? String(click.status) : 'no click'));
  const name = differs === 0 ? 'the login' : `click ${differs}`;
  return said === was
    ? `The app did something else: after ${name}, the cookie or the record has another time left.`
    : `The app did something else: at ${name}, the model says ${said}, and the app ${was}.`;
}
