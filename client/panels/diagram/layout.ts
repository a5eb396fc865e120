/**
 * Where everything of the diagram goes: pixels from counts, and nothing else. A row holds one arrow, so its label may be wider
 * than the arrow: it starts at the arrow's left end and is moved to the left only as far as the edge demands.
 */
import type { Group, Lane, Story } from './arrows.ts';
import { type Fold, unfolded } from './fold.ts';
import { type Heads, placeHeads } from './heads.ts';
import type { Item } from './items.ts';
import type { Part } from './labels.ts';

export const rowHeight = 28;
/** The arrow's line below its row's top; the label is above it, clear of the arrowhead's four pixels. */
export const lineTop = 21;
const headHeight = 32;
const gap = 8;
const footHeight = 4;
const nextHeight = 40;

/** Pixels between lanes: what is just bearable, what reads well, and where more room would only tear it apart. */
const room = {
  edge: { least: 28, good: 44, most: 80 },
  betweenActors: { least: 58, good: 82, most: 190 },
  toAnswerers: { least: 104, good: 216, most: 320 },
  betweenAnswerers: { least: 64, good: 92, most: 150 },
  toRedis: { least: 130, good: 240, most: 400 },
} as const;

/** JetBrains Mono at 11.5 px has letters of 6.9 px; a chip holds seven of them, its shape and its padding. */
const letter = 6.9;
const chip = 69;
const space = 5;
/** What keeps a label clear of the lanes at both ends of its arrow, and of the diagram's edges. */
const clearance = 10;
const edge = 15;

export interface Placed {
  lanes: number[];
  width: number;
}

export interface PlacedLabel {
  parts: Part[];
  left: number;
  width: number;
}

export interface PlacedRow {
  item: Item;
  /** From the top of its group. */
  top: number;
  /** Ends of an arrow, or twice the lane of a mark; 0 and the width for a band. */
  from: number;
  to: number;
  /** What is written, where it begins, and how wide it may be. */
  label: PlacedLabel;
}

/** From the moment somebody gets a request to the answer, from the top of the group. */
export interface Handling {
  request: number;
  /** The lane of who handles it. */
  left: number;
  top: number;
  height: number;
}

export interface PlacedGroup {
  group: Group;
  id: string;
  /** Whether it is drawn, not folded to its title. */
  open: boolean;
  top: number;
  height: number;
  rows: PlacedRow[];
  /** Where rows are left out, from the top of the group, and how many. */
  left: { top: number; hidden: number } | null;
  handling: Handling[];
}

export interface Layout extends Placed {
  /** The names of the lanes, which stay in view while the rest scrolls under them. */
  heads: Heads;
  height: number;
  groups: PlacedGroup[];
  next: { top: number; height: number } | null;
}

/** The x of every lane: so many actors, those who answer, and Redis in `width` pixels, or in as many as they need at least. */
export function placeLanes(actors: number, answerers: number, width: number): Placed {
  const total = (size: 'least' | 'good' | 'most') =>
    2 * room.edge[size] +
    Math.max(0, actors - 1) * room.betweenActors[size] +
    room.toAnswerers[size] +
    Math.max(0, answerers - 1) * room.betweenAnswerers[size] +
    room.toRedis[size];
  const [small, large] = width < total('good') ? (['least', 'good'] as const) : (['good', 'most'] as const);
  const share = Math.min(1, Math.max(0, (width - total(small)) / (total(large) - total(small))));
  const between = (sizes: (typeof room)[keyof typeof room]) => sizes[small] + share * (sizes[large] - sizes[small]);
  const all = Math.max(width, total('least'));
  const used = Math.min(all, total('most'));
  const lanes = [(all - used) / 2 + between(room.edge)];
  for (let actor = 1; actor < actors; actor++) lanes.push(lanes.at(-1)! + between(room.betweenActors));
  lanes.push(lanes.at(-1)! + between(room.toAnswerers));
  for (let answerer = 1; answerer < answerers; answerer++) lanes.push(lanes.at(-1)! + between(room.betweenAnswerers));
  lanes.push(lanes.at(-1)! + between(room.toRedis));
  return { lanes: lanes.map(Math.round), width: all };
}

/** The whole diagram in `width` pixels. */
export function layOut({ lanes, groups, next }: Story, width: number, folds: Fold[] = unfolded(groups)): Layout {
  const count = (kind: Lane['kind']) => lanes.filter((lane) => lane.kind === kind).length;
  const placed = placeLanes(count('actor'), count('answerer'), width);
  let top = gap;
  const placedGroups = folds.map(({ group, id, open, before, after, hidden }): PlacedGroup => {
    const left = hidden > 0 ? { top: headHeight + before.length * rowHeight, hidden } : null;
    const rows = [...before, ...after].map((item, index) => {
      const lower = left !== null && index >= before.length ? 1 : 0;
      return placeRow(item, headHeight + (index + lower) * rowHeight, placed);
    });
    const height = headHeight + (rows.length + (left ? 1 : 0)) * rowHeight + footHeight;
    const one = { group, id, open, top, height, rows, left, handling: handlings(rows, placed) };
    top += height + gap;
    return one;
  });
  const last = next ? { top, height: nextHeight } : null;
  const height = top + (last ? nextHeight + gap : 0);
  return { ...placed, heads: placeHeads(lanes, placed), groups: placedGroups, next: last, height };
}

function placeRow(item: Item, top: number, { lanes, width }: Placed): PlacedRow {
  const { parts } = item;
  if (item.kind === 'band') return { item, top, from: 0, to: width, label: { parts, left: 20, width: width - 40 } };
  if (item.kind === 'mark') {
    const x = lanes[item.lane]!;
    const wanted = labelWidth(parts);
    const left = x - clearance - 4 - wanted;
    const label = left >= edge ? { parts, left, width: wanted } : labelFrom(x + clearance + 4, parts, width);
    return { item, top, from: x, to: x, label };
  }
  const from = lanes[item.from]!;
  const to = lanes[item.to]!;
  const brief = toFit(parts, Math.abs(to - from) - 2 * clearance);
  return { item, top, from, to, label: labelFrom(Math.min(from, to) + clearance, brief, width) };
}

/** Without as many of the parts that can be spared, the last ones first, as it takes to fit. */
function toFit(parts: Part[], room: number): Part[] {
  let kept = parts;
  while (labelWidth(kept) > room) {
    const spare = kept.findLastIndex((part) => 'say' in part && (part.tone === 'extra' || part.tone === 'prefix'));
    if (spare === -1) break;
    kept = kept.toSpliced(spare, 1);
  }
  return kept;
}

function labelFrom(start: number, parts: Part[], width: number): PlacedLabel {
  const wanted = labelWidth(parts);
  const left = Math.max(edge, Math.min(start, width - edge - wanted));
  return { parts, left, width: Math.min(wanted, width - edge - left) };
}

/** Pixels a label takes, a little more rather than less. */
export function labelWidth(parts: readonly Part[]): number {
  const widths = parts.map((part) => ('sid' in part ? chip : part.say.length * letter));
  return Math.ceil(widths.reduce((sum, one) => sum + one, 0) + Math.max(0, parts.length - 1) * space);
}

function handlings(rows: PlacedRow[], { lanes }: Placed): Handling[] {
  return rows.flatMap(({ item, top }) => {
    if (item.kind !== 'arrow' || item.line !== 'sent' || item.request === null) return [];
    const { request } = item;
    if (rows.find(({ item: other }) => other.request === request)?.item !== item) return [];
    const last = rows.findLast(({ item: other }) => other.request === request)!;
    // The first thing told of a request may be a command of it: then it is the one who sends it.
    const handler = item.to === lanes.length - 1 ? item.from : item.to;
    return [{ request, left: lanes[handler]!, top: top + lineTop, height: Math.max(6, last.top - top) }];
  });
}

/** The rows of one request as stretches that touch: what is outlined when it is selected. */
export function stretches(rows: readonly PlacedRow[], request: number): { top: number; height: number }[] {
  const found: { top: number; height: number }[] = [];
  for (const { item, top } of rows) {
    if (item.request !== request) continue;
    const last = found.at(-1);
    if (last && last.top + last.height === top) last.height += rowHeight;
    else found.push({ top, height: rowHeight });
  }
  return found;
}
