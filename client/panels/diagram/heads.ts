/** The names above the lanes: how wide each may be, and how high all of them are. Pure. */
import type { Lane } from './arrows.ts';

export interface Head {
  /** The middle of it, in pixels, as for the lane. */
  x: number;
  width: number;
  fontSize: number;
  lineHeight: number;
}

export interface Heads {
  height: number;
  each: Head[];
}

/** Inter in semi-bold: the width of a letter over its size, a little more rather than less. */
const letter = 0.6;
/** Padding and border of a head, and some air above and below it. */
const around = 10;
const usual = { height: 42, fontSize: 12.5, lineHeight: 14 };
const crowded = { fontSize: 10.5, lineHeight: 12 };

/**
 * Centred on its lane each, and clear of its neighbours and of the edge; high enough for the one with the most lines.
 * @param placed the x of every lane, and the width of the diagram
 */
export function placeHeads(lanes: readonly Lane[], placed: { lanes: readonly number[]; width: number }): Heads {
  const { lanes: xs, width } = placed;
  const each = xs.map((x, index): Head => {
    const left = xs[index - 1] ?? -x;
    const right = xs[index + 1] ?? 2 * width - x;
    const most = Math.min(x - left, right - x) - 6;
    const { fontSize, lineHeight } = most < 64 ? crowded : usual;
    return { x, width: Math.min(96, most), fontSize, lineHeight };
  });
  const heights = each.map((head, index) => lines(lanes[index]?.label ?? '', head) * head.lineHeight + around);
  return { height: Math.max(usual.height, ...heights), each };
}

/** Where a name may go on in the next line: a host's after its scheme and its dots, and not in the middle of a word. */
export const pieces = (label: string) => label.split(/(?<=\/\/|\.|\s)/);

/** How many lines a browser makes of it. */
function lines(label: string, { width, fontSize }: Head): number {
  let [count, used] = [1, 0];
  for (const piece of pieces(label)) {
    const wide = (text: string) => text.length * letter * fontSize;
    if (used > 0 && used + wide(piece.trimEnd()) > width) [count, used] = [count + 1, 0];
    used += wide(piece);
  }
  return count;
}
