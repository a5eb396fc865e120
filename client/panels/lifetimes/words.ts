/** What a lane says about a moment, for the eye in a corner and for the ear in a sentence. */
import { span } from '../../../scenarios/engine/durations.ts';
import { type Lane, standing } from './lanes.ts';

/** A few letters at the end of the lane: "29 min 41 s", "expired", "no expiry". Empty before its first life. */
export function leftInWords(lane: Lane, at: number): string {
  const stands = standing(lane, at);
  if (!stands) return '';
  if ('how' in stands) return stands.how;
  return stands.left === null ? 'no expiry' : span(stands.left);
}

/** "Cookie, Alice": what the lane is about. */
export const laneName = ({ label, owner }: Lane) => (owner === null ? label : `${label}, ${owner}`);

/** "Cookie, Alice, session wME6p7: 29 min 41 s left of 30 min, refreshed 2 times". */
export function laneInWords(lane: Lane, at: number): string {
  const stands = standing(lane, at);
  if (!stands) return `${laneName(lane)}: not there yet`;
  const { sid, teeth } = stands.life;
  const name = `${laneName(lane)}${sid === null ? '' : `, session ${sid.slice(0, 6)}`}`;
  if ('how' in stands)
    return `${name}: ${stands.how} ${momentInWords(stands.life.end?.at ?? teeth.at(-1)!.expiresAt!)}`;
  if (stands.left === null)
    return `${name}: ${lane.kind === 'cookie' ? 'kept until the browser is closed' : 'no expiry'}`;
  const past = teeth.filter((tooth) => tooth.at <= at);
  const { at: set, expiresAt } = past.at(-1)!;
  const refreshed = past.length - 1;
  const times = refreshed === 0 ? '' : `, refreshed ${refreshed === 1 ? 'once' : `${refreshed} times`}`;
  const { limitAt } = stands.life;
  const limit =
    limitAt === undefined
      ? ''
      : limitAt > at
        ? `; absolute limit in ${span(limitAt - at)}`
        : `; past the absolute limit for ${span(at - limitAt)}`;
  return `${name}: ${span(stands.left)} left of ${roundSpan(expiresAt! - set)}${times}${limit}`;
}

/** Sandbox ms as a moment: "31 min 4 s after the start". */
export function momentInWords(at: number): string {
  return `${span(at)} after the start`;
}

/** To the nearest second: a time to live of 30 minutes read 2 ms later is still one of 30 minutes. */
export const roundSpan = (ms: number) => span(Math.round(ms / 1000) * 1000);
