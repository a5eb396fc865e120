/** The lines and bars of a lane, as SVG path data in the pixels of its row. */
import { endOf, type Lane, type Life } from './lanes.ts';
import type { Scale } from './scale.ts';

export interface Sawtooth {
  line: string;
  area: string;
}

export interface Bar {
  left: number;
  right: number;
  /** Where its end was put off. */
  notches: number[];
}

/** A cookie: from when it was stored to when it ends, or to the right end when it has no end. */
export function barOf(life: Life, scale: Scale): Bar {
  const end = endOf(life);
  const [first, ...refreshed] = life.teeth;
  return {
    left: scale.x(first!.at),
    right: end === null ? scale.end : scale.x(end),
    notches: refreshed.map(({ at }) => scale.x(at)),
  };
}

/** The longest time to live a lane was ever given, in ms: the height of its saw-tooth. 0 when it never had an end. */
export function fullTtl({ lives }: Lane): number {
  const given = lives.flatMap(({ teeth }) =>
    teeth.map(({ at, expiresAt }) => (expiresAt === null ? 0 : expiresAt - at)),
  );
  return Math.max(0, ...given);
}

/**
 * The time to live of a record: up at each refresh, down evenly, at the bottom when it ends. Where the axis changes its pace
 * the line has a corner; what ends beyond the right edge is not at the bottom there. `area` is what is under the line.
 */
export function sawtooth(life: Life, scale: Scale, full: number, top: number, bottom: number): Sawtooth {
  const end = endOf(life) ?? Number.POSITIVE_INFINITY;
  const seen = Math.min(end, scale.until);
  const corners = scale.stretches.map(({ to }) => to);
  const first = point(scale.x(life.teeth[0]!.at), bottom);
  const points = life.teeth.flatMap(({ at, expiresAt }, index) => {
    const until = Math.min(life.teeth[index + 1]?.at ?? seen, seen);
    const height = (moment: number) => (expiresAt === null || full === 0 ? 1 : Math.max(0, expiresAt - moment) / full);
    const moments = [at, ...corners.filter((corner) => corner > at && corner < until), until];
    return moments.map((moment) => point(scale.x(moment), bottom - height(moment) * (bottom - top)));
  });
  const foot = point(scale.x(seen), bottom);
  const line = `M${[first, ...points].join('L')}`;
  return { line: end <= seen ? `${line}L${foot}` : line, area: `${line}L${foot}Z` };
}

const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
