/** Places, columns and curves of the picture of who is who. Pixels; pure. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels. */
export const widestChip = 84;

/** Where the columns of browsers, chips, records and people stand in a drawing of that width. */
export function columnsOf(width: number) {
  const browser = { x: 0, width: clamp(width * 0.3, 92, 200) };
  const person = { width: clamp(width * 0.17, 70, 130), x: 0 };
  person.x = width - person.width;
  const record = { width: clamp(width * 0.215, 84, 160), x: 0 };
  record.x = person.x - clamp(width * 0.06, 12, 44) - record.width;
  const room = record.x - right(browser);
  const chip = { x: right(browser) + Math.min(14, room * 0.12), width: Math.min(widestChip, room - 24) };
  return { browser, person, record, chip };
}

/** The right edge. */
export const right = ({ x, width }: { x: number; width: number }) => x + width;
export const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
export const average = (numbers: readonly number[]) => numbers.reduce((sum, it) => sum + it, 0) / numbers.length;

/** A box in a column whose middle is at `y`. */
export const centered = ({ x, width }: { x: number; width: number }, y: number, height: number): Box => ({
  x,
  y: y - height / 2,
  width,
  height,
});

export const overlap = (one: Box, other: Box) =>
  one.x < right(other) && other.x < right(one) && one.y < other.y + other.height && other.y < one.y + one.height;

/** Pixels. */
const backwards = 14;

/** The same box, a little narrower at its left. */
export const setBack = (box: Box): Box => ({ ...box, x: box.x + backwards, width: box.width - backwards });

/** Moves places apart until neighbors are `pitch` apart, keeps their order, and keeps them within the height. */
export function spread(wanted: readonly number[], pitch: number, height: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = [...wanted];
  let least = pitch / 2;
  for (const index of order) {
    placed[index] = Math.max(least, wanted[index]!);
    least = placed[index]! + pitch;
  }
  let most = height - pitch / 2;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(most, placed[index]!);
    most = placed[index]! - pitch;
  }
  return placed;
}

export interface Point {
  x: number;
  y: number;
}

/** From a browser straight under its cookie's chip, and on in a curve. */
export function curve(from: Point, chip: Box, to: Point): string {
  const y = chip.y + chip.height / 2;
  const start = right(chip) - 8;
  const half = (start + to.x) / 2;
  return `M${from.x} ${from.y} L${chip.x} ${y} L${start} ${y} C${half} ${y} ${half} ${to.y} ${to.x} ${to.y}`;
}

/** From the middle of a box to another one. */
export function between(from: Point, { x, y, height }: Box): string {
  const to = { x, y: y + height / 2 };
  const half = (from.x + to.x) / 2;
  return `M${from.x} ${from.y} C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`;
}

/** Down to `start`, straight on to `end`, and on to the middle of a box. */
export function past(from: Point, start: Point, end: number, { x, y, height }: Box): string {
  const to = { x, y: y + height / 2 };
  const down = (from.x + start.x) / 2;
  const up = (end + to.x) / 2;
  return [
    `M${from.x} ${from.y} C${down} ${from.y} ${down} ${start.y} ${start.x} ${start.y}`,
    `L${end} ${start.y} C${up} ${start.y} ${up} ${to.y} ${to.x} ${to.y}`,
  ].join(' ');
}
