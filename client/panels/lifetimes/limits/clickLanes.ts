/** Clicks as lanes, so that they are drawn as the lifetimes of a run are. Its time axis is to scale. Pure. */
import { type Click, endAfter, type Limits, loginEnd, tolerance } from '../../../../scenarios/engine/limits.ts';
import type { Lane } from '../lanes.ts';
import { createScale, type Scale } from '../scale.ts';

type What = 'cookie' | 'record';

/** @param sid names the session in the drawing */
export function clickLane(what: What, clicks: readonly Click[], limits: Limits, sid: string): Lane {
  const [first, ...later] = clicks;
  const expiries = [{ at: first!.at, expiresAt: expiryAfter(first!, what) }];
  for (const click of later) {
    const expiresAt = expiryAfter(click, what);
    const before = expiries.at(-1)!.expiresAt;
    const renewed = click.status === 200 && expiresAt !== null && before !== null && expiresAt - before > tolerance;
    if (renewed) expiries.push({ at: click.at, expiresAt });
  }
  return {
    id: `${sid} ${what}`,
    kind: what,
    label: what === 'cookie' ? 'Cookie' : 'Record',
    owner: null,
    detail: null,
    lifetimes: [{ sid, expiries, end: endOf(what, clicks), ...limitOf(what, limits) }],
  };
}

const expiryAfter = (click: Click, what: What) => {
  const end = endAfter(click, what);
  return end === Number.POSITIVE_INFINITY ? null : end;
};

/** The app ends the cookie and the record of a session that is too old before they expire. */
function endOf(what: What, clicks: readonly Click[]): Lane['lifetimes'][number]['end'] {
  const last = clicks.at(-1)!;
  const before = clicks.at(-2);
  if (last[what] !== 'gone' || !before) return null;
  const due = endAfter(before, what);
  if (due <= last.at + tolerance) return { at: Math.min(due, last.at), how: 'expired' };
  return { at: last.at, how: what === 'cookie' ? 'removed' : 'deleted' };
}

const limitOf = (what: What, { absolute }: Limits) =>
  what === 'record' && absolute !== null ? { limitAt: absolute } : {};

/** Returns the time that is drawn: all clicks, and what outlives them if it does not squeeze them. */
export function drawnUntil(clicks: readonly Click[], limits: Limits): number {
  const last = clicks.at(-1)!;
  const until = Math.max(last.at, loginEnd(clicks, limits)?.at ?? 0) * 1.08;
  const ends = [endAfter(last, 'cookie'), endAfter(last, 'record'), limits.absolute ?? 0];
  return Math.max(until, ...ends.filter((end) => end <= 2 * until).map((end) => end * 1.02));
}

/** @param width of the plot, in px */
export const evenScale = (until: number, width: number): Scale =>
  createScale(
    { stretches: [{ kind: 'played', from: 0, to: until, weight: 1 }], ticks: [], end: until, totalWeight: 1 },
    width,
  );

const minute = 60_000;
const tickLengths = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 14_400].map((one) => one * minute);

/** Returns round times from 0 on, few enough to be labeled side by side. */
export function roundTimes(until: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 70));
  const length = tickLengths.find((one) => until / one <= most) ?? tickLengths.at(-1)!;
  return Array.from({ length: Math.floor(until / length) + 1 }, (_, index) => index * length);
}
