/** A lane at a time, as text. All times are in sandbox ms. Pure. */
import { span } from '../../../scenarios/engine/durations.ts';
import type { Lane, Lifetime } from './lanes.ts';

/** The state of a lane: the ms `left` until it expires (null if it does not), or `how` it ended. */
export type LaneState = { lifetime: Lifetime; left: number | null } | { lifetime: Lifetime; how: string };

/** Returns the state of a lane at a time; undefined before its first lifetime. */
export function laneState(lane: Lane, at: number): LaneState | undefined {
  const lifetime = lifetimeAt(lane, at);
  if (!lifetime) return undefined;
  if (lifetime.end && lifetime.end.at <= at) return { lifetime, how: lifetime.end.how };
  const { expiresAt } = lifetime.expiries.findLast((expiry) => expiry.at <= at)!;
  if (expiresAt === null) return { lifetime, left: null };
  return expiresAt <= at ? { lifetime, how: 'expired' } : { lifetime, left: expiresAt - at };
}

/** Returns the lanes of what exists at a time before those of what has ended, each in their order: where not all are in sight, the living are. */
export function livingFirst(lanes: readonly Lane[], at: number): Lane[] {
  const hasEnded = (lane: Lane) => {
    const state = laneState(lane, at);
    return state !== undefined && 'how' in state;
  };
  return [...lanes.filter((lane) => !hasEnded(lane)), ...lanes.filter(hasEnded)];
}

/** Returns the current or the last lifetime at a time; undefined before the first one. */
export function lifetimeAt({ lifetimes }: Lane, at: number): Lifetime | undefined {
  return lifetimes.findLast(({ expiries }) => expiries[0]!.at <= at);
}

/** Returns "29 min 41 s", "expired" or "no expiry"; an empty text before the first lifetime. */
export function timeLeftText(lane: Lane, at: number): string {
  const state = laneState(lane, at);
  if (!state) return '';
  if ('how' in state) return state.how;
  return state.left === null ? 'no expiry' : span(state.left);
}

/** Returns what a lane is about: "Cookie, Alice", or "Cookie, Alice, sid" where she has several. No two cookies have the same name. */
export const laneName = ({ label, owner, detail }: Lane) =>
  [label, owner, detail].filter((part) => part !== null).join(', ');

/** Returns "Cookie, Alice, session wME6p7: 29 min 41 s left of 30 min, refreshed 2 times". */
export function describeLane(lane: Lane, at: number): string {
  const state = laneState(lane, at);
  if (!state) return `${laneName(lane)}: does not exist yet`;
  const { sid, expiries, end, limitAt } = state.lifetime;
  const name = `${laneName(lane)}${sid === null ? '' : `, session ${sid.slice(0, 6)}`}`;
  if ('how' in state) return `${name}: ${state.how} ${momentText(end?.at ?? expiries.at(-1)!.expiresAt!)}`;
  if (state.left === null)
    return `${name}: ${lane.kind === 'cookie' ? 'kept until the browser is closed' : 'no expiry'}`;
  const past = expiries.filter((expiry) => expiry.at <= at);
  const { at: setAt, expiresAt } = past.at(-1)!;
  const left = `${span(state.left)} left of ${roundedSpan(expiresAt! - setAt)}`;
  return `${name}: ${left}${refreshesText(past.length - 1)}${limitAt === undefined ? '' : limitText(limitAt, at)}`;
}

function refreshesText(count: number): string {
  if (count === 0) return '';
  return `, refreshed ${count === 1 ? 'once' : `${count} times`}`;
}

const limitText = (limitAt: number, at: number) =>
  limitAt > at ? `; absolute limit in ${span(limitAt - at)}` : `; absolute limit passed ${span(at - limitAt)} ago`;

/** Returns "31 min 4 s after the start". */
export const momentText = (at: number) => `${span(at)} after the start`;

/** Rounds to the nearest second: a TTL of 30 minutes that is read 2 ms later is still one of 30 minutes. */
export const roundedSpan = (ms: number) => span(Math.round(ms / 1000) * 1000);
