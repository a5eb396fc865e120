/** From moments to pixels and back. */
import type { Axis, Stretch } from './axis.ts';

export interface PlacedStretch extends Stretch {
  left: number;
  width: number;
}

export interface Scale {
  stretches: PlacedStretch[];
  /** Pixels from the left edge of a moment in sandbox ms; at the ends what lies beyond them. */
  x(at: number): number;
  /** The other way round. */
  at(x: number): number;
  /** Pixels of the right end. */
  end: number;
  /** Sandbox ms of it. */
  until: number;
}

/** Room for half a step's number at the left end. */
const margin = 11;

export function scaleOf({ stretches, budget }: Axis, width: number): Scale {
  const unit = Math.max(0, width - 2 * margin) / budget;
  let left = margin;
  const placed = stretches.map((stretch): PlacedStretch => {
    const one = { ...stretch, left, width: stretch.weight * unit };
    left += one.width;
    return one;
  });
  const first = placed[0];
  const last = placed.at(-1);
  const share = (value: number, from: number, size: number) => Math.min(1, Math.max(0, (value - from) / size));
  return {
    stretches: placed,
    end: left,
    until: last?.to ?? 0,
    x(at) {
      const stretch = placed.find(({ to }) => at <= to) ?? last;
      return stretch ? stretch.left + share(at, stretch.from, stretch.to - stretch.from) * stretch.width : margin;
    },
    at(x) {
      const stretch = placed.find(({ left, width }) => x <= left + width) ?? last;
      if (!stretch || !first) return 0;
      return stretch.from + share(x, stretch.left, stretch.width) * (stretch.to - stretch.from);
    },
  };
}
