/** What stands at the end of a row. Pure. */
import type { Click } from '../../../../scenarios/engine/limits.ts';
import { endOf, type Lane } from '../lanes.ts';
import { lengthText } from './limitSteps.ts';

/** Returns until when the cookie or the record of a run lives, counted from the login. */
export function lifetimeText({ lifetimes }: Lane): string {
  const end = endOf(lifetimes[0]!);
  return end === null ? 'no expiry' : `until ${lengthText(end)}`;
}

/** Returns "96 × 200, then 401". The login counts as an answer, too. */
export function answersText(clicks: readonly Click[]): string {
  const answered = clicks.filter(({ status }) => status === 200).length;
  return answered === clicks.length ? `${answered} × 200` : `${answered} × 200, then ${clicks.at(-1)!.status}`;
}
