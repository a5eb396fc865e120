/** Where a label stands. Between two lanes if it fits there, or else on a ground that hides the lifelines behind it. Pure. */
import type { LabelPart } from './label.ts';
import type { PlacedLanes } from './lanes.ts';
import { labelWidth, shortenToFit } from './widths.ts';

/** Lengths are in px. */
export interface PlacedLabel {
  parts: LabelPart[];
  left: number;
  width: number;
  /** Whether a lifeline is behind it. */
  crosses: boolean;
}

/** Between a label and the lanes beside it. */
const clearance = 10;
/** Between a label and the edges of the diagram. */
const edge = 15;
/** A label in less room would say too little, so it reaches across lanes instead. */
const leastRoom = 110;
/** Half of the sign of a mark, and a margin. */
const besideSign = 14;

/** Places the label of an arrow in the widest space between two lanes along it, or above all of it where a path would be cut there. */
export function labelOfArrow(parts: LabelPart[], [from, to]: [number, number], lanes: PlacedLanes): PlacedLabel {
  const { xs } = lanes;
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const spaces = xs.slice(first, last).map((x, index) => ({ start: x, room: xs[first + index + 1]! - x }));
  const widest = spaces.reduce((best, one) => (one.room > best.room ? one : best), { start: xs[first]!, room: 0 });
  const fitting = shortenToFit(parts, Math.max(widest.room - 2 * clearance, leastRoom));
  if (!isCut(fitting, parts)) return labelFrom(widest.start + clearance, fitting, lanes);
  const [start, end] = [xs[first]! + clearance, xs[last]! - clearance];
  return labelFrom(start, shortenToFit(parts, Math.max(end - start, leastRoom)), lanes);
}

/** Whether a text was made shorter, other than by leaving out what is beside an ID anyway. */
const isCut = (shown: readonly LabelPart[], parts: readonly LabelPart[]) =>
  shown.some((one) => 'text' in one && !parts.some((part) => 'text' in part && part.text.startsWith(one.text)));

/** Places the label of a mark beside it: on the left if there is room, or else on the right. */
export function labelOfMark(parts: LabelPart[], lane: number, lanes: PlacedLanes): PlacedLabel {
  const { xs, width } = lanes;
  const x = xs[lane]!;
  const roomOnTheLeft = x - besideSign - clearance - (xs[lane - 1] ?? edge - clearance);
  const roomOnTheRight = (xs[lane + 1] ?? width - edge + clearance) - clearance - besideSign - x;
  const onTheLeft = roomOnTheLeft >= Math.min(labelWidth(parts), roomOnTheRight);
  const room = onTheLeft ? roomOnTheLeft : roomOnTheRight;
  const fitting = shortenToFit(parts, room);
  if (labelWidth(fitting) <= room) return beside(onTheLeft, fitting);
  // Across lanes, on the side where the edge is farther away: it must not cover its sign.
  const [toLeftEdge, toRightEdge] = [x - besideSign - edge, width - edge - besideSign - x];
  return beside(toLeftEdge > toRightEdge, shortenToFit(parts, Math.max(leastRoom, room)));

  function beside(left: boolean, shown: LabelPart[]): PlacedLabel {
    return labelFrom(left ? x - besideSign - labelWidth(shown) : x + besideSign, shown, lanes);
  }
}

/** Places a label at `start`, or as far from there as the edges require. */
export function labelFrom(start: number, parts: LabelPart[], { xs, width }: PlacedLanes): PlacedLabel {
  const wanted = labelWidth(parts);
  const left = Math.max(edge, Math.min(start, width - edge - wanted));
  const right = Math.min(left + wanted, width - edge);
  return { parts, left, width: right - left, crosses: xs.some((x) => x >= left && x <= right) };
}

/** Places a chip that stands for neighbors beside its lane, where their labels would be. */
export function labelOfFold(parts: LabelPart[], [from, to]: [number, number], lanes: PlacedLanes): PlacedLabel {
  const [text] = parts;
  const wanted = Math.ceil(text && 'text' in text ? text.text.length * uiLetter : 0) + chipPadding;
  const { xs, width } = lanes;
  if (from === to)
    return {
      ...labelFrom(0, parts, lanes),
      left: Math.max(edge, xs[to]! - besideSign - wanted),
      width: Math.min(wanted, xs[to]! - besideSign - edge),
    };
  const start = xs[Math.max(from, to) - 1]! + clearance;
  const room = xs[Math.max(from, to)]! - clearance - start;
  return {
    parts,
    left: start,
    width: Math.min(wanted, Math.max(room, 60), width - edge - start),
    crosses: wanted > room && room < 60,
  };
}

/** A letter of Inter at 11.5 px, rounded up; and the sign and the padding of a chip. */
const uiLetter = 6.3;
const chipPadding = 36;
