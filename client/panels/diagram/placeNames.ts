/** How the names of the lanes fit above them. Pure. Lengths are in px. */
import type { Lane } from './lanes.ts';
import type { PlacedLanes } from './placeLanes.ts';

/** The space for the name of a lane. */
export interface NameBox {
  /** Its center. */
  x: number;
  /** The x of the lane, in the box: only at the edge of the diagram is it not the middle. */
  lane: number;
  width: number;
  /** From the top of all names to its center. */
  middle: number;
  fontSize: number;
  lineHeight: number;
  /** To the left of the letters, and to the right. */
  padding: number;
  /** The name, or its start where there is no room for all of it. */
  text: string;
}

/** The width of a letter of Inter in semi-bold, relative to the font size; rounded up. */
const letter = 0.6;
/** Padding, border and margin of a name, above and below together. */
const around = 10;
/** Left and right together, where there is room. */
const beside = 12;
/** A narrower name has no room for `example`, which ends the name of every other site. */
const roomForHost = 52;
const usual = { height: 42, fontSize: 12.5, lineHeight: 14, padding: 4 };
const crowded = { fontSize: 10.5, lineHeight: 12, padding: 1 };
/** Left and right together. */
const border = 2;
/** Names of lanes that are closer than this stand in two rows by turns, so that each has the room of two lanes. */
const roomForOneRow = 66;
const fromTheEdge = 4;

/** Places each name on its lane, without touching its neighbors or the edge. The height is that of all names. */
export function placeNames(lanes: readonly Lane[], placed: PlacedLanes): { boxes: NameBox[]; height: number } {
  const { xs, width } = placed;
  const pitch = xs[1]! - xs[0]!;
  const rows = placed.column && pitch < roomForOneRow ? 2 : 1;
  const roomAt = (x: number, index: number) => {
    // The first one starts at the edge and ends halfway to the next one in its row.
    if (rows === 2) return Math.min(2 * pitch - 6, x + pitch - 3 - fromTheEdge);
    const [left, right] = [xs[index - 1], xs[index + 1]];
    // At the edge, a name need not have its lane in the middle.
    if (left === undefined) return Math.min(right! - x - 6, Math.max(2 * x, (x + right!) / 2) - 2 * fromTheEdge);
    const toTheRight = placed.column ? Number.POSITIVE_INFINITY : 2 * (width - x - fromTheEdge);
    return Math.min(x - left - 6, right === undefined ? toTheRight : right - x - 6);
  };
  const names = xs.map((x, index) => {
    const room = roomAt(x, index);
    const label = ownName(lanes[index]?.label ?? '', lanes);
    const tooLong = rows === 2 ? label.length * letter * crowded.fontSize + 2 * fromTheEdge > room : room < roomForHost;
    return { x, room, text: tooLong ? label.replace(/\.example$/, '') : label };
  });
  const longestWord = (text: string) => Math.max(...lineBreaks(text).map((piece) => piece.trimEnd().length));
  const fits = names.every(
    ({ room, text }) => longestWord(text) * letter * usual.fontSize + 2 * usual.padding + border <= room,
  );
  const { fontSize, lineHeight, padding } = fits && rows === 1 ? usual : crowded;
  const boxes = names.map(({ x, room, text }): NameBox => {
    const longest = rows === 1 ? 96 : Math.ceil(text.length * letter * fontSize) + beside;
    const boxWidth = Math.min(longest, room);
    const center = Math.max(x, fromTheEdge + boxWidth / 2);
    const lane = boxWidth / 2 + x - center;
    return { x: center, lane, width: boxWidth, middle: 0, fontSize, lineHeight, padding, text };
  });
  const heightOf = (box: NameBox) => countLines(box.text, box) * box.lineHeight + around;
  const heights = Array.from({ length: rows }, (_, row) =>
    Math.max(rows === 1 ? usual.height : 0, ...boxes.filter((_, index) => index % rows === row).map(heightOf)),
  );
  const height = heights.reduce((sum, one) => sum + one, 0);
  const middles = heights.map((one, row) => heights.slice(0, row).reduce((sum, above) => sum + above, 0) + one / 2);
  return { boxes: boxes.map((box, index) => ({ ...box, middle: middles[index % rows]! })), height };
}

/** "Bob" for "Bob, in a café", unless there is another Bob. */
function ownName(label: string, lanes: readonly Lane[]): string {
  const name = label.replace(/,.*$/, '');
  return lanes.filter((lane) => lane.label.replace(/,.*$/, '') === name).length === 1 ? name : label;
}

/** Splits a name where a line may break: at spaces, and in a host after its scheme and its dots, and before its port. */
export const lineBreaks = (label: string) => label.split(/(?<=\/\/|\.|\s)|(?=:\d)/);

/** Returns how many lines a browser makes of a name. */
function countLines(label: string, { width: outside, fontSize, padding }: NameBox): number {
  const width = outside - 2 * padding - border;
  const widthOf = (text: string) => text.length * letter * fontSize;
  let [lines, used] = [1, 0];
  for (const piece of lineBreaks(label)) {
    if (used > 0 && used + widthOf(piece.trimEnd()) > width) [lines, used] = [lines + 1, 0];
    used += widthOf(piece);
    // A word without a place to break is broken anywhere.
    while (used > width && used > widthOf('ab')) [lines, used] = [lines + 1, used - width];
  }
  return lines;
}
