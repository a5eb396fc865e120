/** From sandbox ms to px and back, and the shapes that are drawn of a lifetime. Pure. */

import type { Stretch, TimeAxis } from './axis.ts';
import { endOf, type Lane, type Lifetime } from './lanes.ts';

export interface PlacedStretch extends Stretch {
  left: number;
  width: number;
}

export interface Scale {
  stretches: PlacedStretch[];
  /** Returns the px from the left edge at a time; for a time beyond an end of the axis, the px of that end. */
  x(at: number): number;
  /** Returns the time at so many px. */
  at(x: number): number;
  /** The right end, in px and in ms. */
  end: number;
  until: number;
}

/** Half the width of a step's number, in px. */
const margin = 11;

export function createScale({ stretches, totalWeight }: TimeAxis, width: number): Scale {
  const unit = Math.max(0, width - 2 * margin) / totalWeight;
  let end = margin;
  const placed = stretches.map((stretch): PlacedStretch => {
    const one = { ...stretch, left: end, width: stretch.weight * unit };
    end += one.width;
    return one;
  });
  const last = placed.at(-1);
  const share = (value: number, from: number, size: number) => Math.min(1, Math.max(0, (value - from) / size));
  return {
    stretches: placed,
    end,
    until: last?.to ?? 0,
    x(at) {
      const stretch = placed.find(({ to }) => at <= to) ?? last;
      return stretch ? stretch.left + share(at, stretch.from, stretch.to - stretch.from) * stretch.width : margin;
    },
    at(x) {
      const stretch = placed.find(({ left, width }) => x <= left + width) ?? last;
      return stretch ? stretch.from + share(x, stretch.left, stretch.width) * (stretch.to - stretch.from) : 0;
    },
  };
}

/** Returns the bar of a cookie, up to the right end if it has no expiry. `refreshes` are where its expiry was set again. */
export function cookieBar(lifetime: Lifetime, scale: Scale): { left: number; right: number; refreshes: number[] } {
  const end = endOf(lifetime);
  const [first, ...refreshes] = lifetime.expiries;
  return {
    left: scale.x(first!.at),
    right: end === null ? scale.end : scale.x(end),
    refreshes: refreshes.map(({ at }) => scale.x(at)),
  };
}

/** Returns the longest TTL that a lane was given, in ms: the height of its curve. 0 if it never had an expiry. */
export function longestTtl({ lifetimes }: Lane): number {
  const ttls = lifetimes.flatMap(({ expiries }) =>
    expiries.map(({ at, expiresAt }) => (expiresAt === null ? 0 : expiresAt - at)),
  );
  return Math.max(0, ...ttls);
}

/**
 * Returns the TTL of a key as SVG path data: it rises at each refresh, falls evenly, and ends at the bottom. It has a corner where
 * the axis changes its pace. If the key outlives the axis, the line does not reach the bottom.
 *
 * @param full the TTL at the top, in ms
 * @returns the line, and the area under it
 */
export function ttlCurve(lifetime: Lifetime, scale: Scale, full: number, top: number, bottom: number) {
  const end = endOf(lifetime) ?? Number.POSITIVE_INFINITY;
  const visibleEnd = Math.min(end, scale.until);
  const corners = scale.stretches.map(({ to }) => to);
  const start = point(scale.x(lifetime.expiries[0]!.at), bottom);
  const points = lifetime.expiries.flatMap(({ at, expiresAt }, index) => {
    const until = Math.min(lifetime.expiries[index + 1]?.at ?? visibleEnd, visibleEnd);
    const height = (time: number) => (expiresAt === null || full === 0 ? 1 : Math.max(0, expiresAt - time) / full);
    const times = [at, ...corners.filter((corner) => corner > at && corner < until), until];
    return times.map((time) => point(scale.x(time), bottom - height(time) * (bottom - top)));
  });
  const foot = point(scale.x(visibleEnd), bottom);
  const line = `M${[start, ...points].join('L')}`;
  return { line: end <= visibleEnd ? `${line}L${foot}` : line, area: `${line}L${foot}Z` };
}

const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
