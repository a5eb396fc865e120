/** Where a label stands: in a space between two lanes or in the column beside them, so that no lifeline runs through it. Pure. */
import type { LabelPart } from './label.ts';
import { linesOf } from './labelLines.ts';
import { clearance, edge, type PlacedLanes, type Space, spacesIn } from './placeLanes.ts';
import { labelWidth } from './widths.ts';

/** Lengths are in px. */
export interface PlacedLabel {
  lines: LabelPart[][];
  left: number;
  width: number;
}

/** Farther from its sign, a label needs fewer lines, but is harder to find. */
const besideLines = 2;
/** Half of the sign of a mark, and a margin. */
const besideSign = 14;

/** Places the label of an arrow between two lanes along it, where there is most room, or else between others. */
export function labelOfArrow(parts: LabelPart[], [from, to]: [number, number], lanes: PlacedLanes): PlacedLabel {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const { column } = lanes;
  const spaces = spacesIn(lanes);
  const along = (index: number) => index >= first && index < last;
  const away = (index: number) => (along(index) ? 0 : Math.min(Math.abs(index - first), Math.abs(index - last + 1)));
  const order = spaces.map((space, index) => ({ space, away: away(index) }));
  order.sort((a, b) => a.away - b.away || b.space.room - a.space.room);
  const near = order.filter((one) => one.away === 0).map(({ space }) => space);
  return inNearest(parts, column ? spaces : near, column ? [] : order.slice(near.length).map(({ space }) => space));
}

/** Places the label of a mark beside it, on the left if there is room, or else on the right, or else in another space. */
export function labelOfMark(parts: LabelPart[], lane: number, lanes: PlacedLanes): PlacedLabel {
  const { xs, column } = lanes;
  const spaces = spacesIn(lanes);
  const x = xs[lane]!;
  const narrower = besideSign - clearance;
  if (column) {
    // The sign of a mark at the last lane extends into the column.
    const isBeside = lane === xs.length - 1;
    return inBest(parts, isBeside ? [{ left: column.left + narrower, room: column.room - narrower }] : spaces);
  }
  const [before, after] = [spaces[lane - 1], spaces[lane]];
  const onTheLeft = before && { left: before.left, room: before.room - narrower };
  const onTheRight = after && { left: x + besideSign, room: after.room - narrower };
  const away = ({ left, room }: Space) => Math.min(Math.abs(left - x), Math.abs(left + room - x));
  const others = spaces.filter((space) => space !== before && space !== after).sort((a, b) => away(a) - away(b));
  const near = [onTheLeft, onTheRight].filter((one) => one !== undefined);
  const placed = inNearest(parts, near, others);
  // It ends at its sign.
  return onTheLeft && placed.left === onTheLeft.left ? { ...placed, left: x - besideSign - placed.width } : placed;
}

/** Lengths are in px. `room`: of the space. */
interface Placed extends PlacedLabel {
  room: number;
  /** Whether a word is cut. A key is not a word: its start and its end tell it from others. */
  cut: boolean;
}

/** Places a label in one of the spaces beside its arrow or sign, or in another one if it needs too many lines or cut words there. */
function inNearest(parts: LabelPart[], near: readonly Space[], others: readonly Space[]): PlacedLabel {
  const beside = inBest(parts, near);
  const isGood = fits(beside) && !beside.cut && beside.lines.length <= besideLines;
  return isGood ? beside : inBest(parts, [beside, ...others]);
}

const fits = ({ width, room }: Placed) => width <= room;

/** Places a label in the space where it has all its words, in the fewest lines; the first of several. */
function inBest(parts: LabelPart[], spaces: readonly Space[]): Placed {
  let best: Placed | undefined;
  for (const { left, room } of spaces) {
    const lines = linesOf(parts, room);
    const cut = cutsIn(lines.flat()) > cutsIn(parts);
    const placed = { lines, left, width: Math.max(...lines.map(labelWidth)), room, cut };
    if (!best || isBetter(placed, best)) best = placed;
    if (lines.length === 1 && fits(placed) && !cut) break;
  }
  return best!;
}

function isBetter(one: Placed, other: Placed): boolean {
  if (fits(one) !== fits(other)) return fits(one);
  if (one.cut !== other.cut) return other.cut;
  if (one.cut && lettersIn(one) !== lettersIn(other)) return lettersIn(one) > lettersIn(other);
  return one.lines.length < other.lines.length;
}

const lettersIn = ({ lines }: Placed): number =>
  lines.flat().reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);

const cutsIn = (parts: readonly LabelPart[]): number =>
  parts.filter((part) => 'text' in part && part.follows === undefined && part.text.includes('…')).length;

/** Places a chip that stands for neighbors beside its lane, where their labels would be. */
export function labelOfFold(parts: LabelPart[], [from, to]: [number, number], lanes: PlacedLanes): PlacedLabel {
  const [text] = parts;
  const wanted = Math.ceil(text && 'text' in text ? text.text.length * uiLetter : 0) + chipPadding;
  const spaces = spacesIn(lanes);
  const { left, room } = lanes.column ?? spaces[Math.max(from, to) - 1] ?? spaces[0]!;
  const width = Math.min(wanted, room);
  // A chip for keys stands at their lane.
  const start = from === to && !lanes.column ? Math.max(edge, left + room - width) : left;
  return { lines: [parts], left: start, width };
}

/** A letter of Inter at 11.5 px, rounded up; and the sign and the padding of a chip. */
const uiLetter = 6.3;
const chipPadding = 36;
