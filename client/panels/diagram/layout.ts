/**
 * Where everything in the diagram is, in px. A row holds one arrow or mark, so its label may be wider than the arrow: it starts at
 * the arrow's left end, and moves to the left only as far as the right edge requires. Pure.
 */
import type { VisibleGroup } from './collapse.ts';
import type { LabelPart } from './labels.ts';
import { type Lane, type PlacedLanes, placeLanes, placeNames } from './lanes.ts';
import type { DiagramModel } from './model.ts';
import type { Row } from './rows.ts';

export interface Layout extends PlacedLanes {
  /** The names of the lanes, which stay visible while the rest scrolls under them. */
  names: ReturnType<typeof placeNames>;
  height: number;
  groups: PlacedGroup[];
  next: { top: number; height: number } | null;
}

/** Lengths in a group count from its top. */
export interface PlacedGroup extends Pick<VisibleGroup, 'group' | 'id' | 'open'> {
  top: number;
  height: number;
  rows: PlacedRow[];
  /** Where rows are left out, and how many. */
  leftOut: { top: number; hidden: number } | null;
  handling: Handling[];
}

export interface PlacedRow {
  row: Row;
  top: number;
  /** The ends of an arrow, twice the lane of a mark, or the whole width of a band. */
  from: number;
  to: number;
  label: PlacedLabel;
}

interface PlacedLabel {
  parts: LabelPart[];
  left: number;
  width: number;
}

/** The time from a request to its response, as a bar on the lane of whoever handles it. */
interface Handling {
  request: number;
  left: number;
  top: number;
  height: number;
}

export const rowHeight = 28;
/** From the top of a row to its arrow. The label is above the arrow, clear of the 4 px of the arrowhead. */
export const lineTop = 21;
const titleHeight = 32;
const gap = 8;
const footHeight = 4;
const nextHeight = 40;

/** A letter of JetBrains Mono at 11.5 px is 6.9 px wide. A chip has seven of them, a shape, and padding. */
const letter = 6.9;
const chip = 69;
const space = 5;
/** Between a label and the lanes at both ends of its arrow. */
const clearance = 10;
/** Between a label and the edges of the diagram. */
const edge = 15;

export function layOut({ lanes, next }: DiagramModel, width: number, visible: readonly VisibleGroup[]): Layout {
  const count = (kind: Lane['kind']) => lanes.filter((lane) => lane.kind === kind).length;
  const placed = placeLanes(count('actor'), count('answerer'), width);
  let top = gap;
  const groups = visible.map(({ group, id, open, before, after, hidden }): PlacedGroup => {
    const leftOut = hidden > 0 ? { top: titleHeight + before.length * rowHeight, hidden } : null;
    const rows = [...before, ...after].map((row, index) => {
      const below = leftOut !== null && index >= before.length ? 1 : 0;
      return placeRow(row, titleHeight + (index + below) * rowHeight, placed);
    });
    const height = titleHeight + (rows.length + (leftOut ? 1 : 0)) * rowHeight + footHeight;
    const one = { group, id, open, top, height, rows, leftOut, handling: handlingBars(rows, placed) };
    top += height + gap;
    return one;
  });
  const placedNext = next && { top, height: nextHeight };
  const height = top + (placedNext ? nextHeight + gap : 0);
  return { ...placed, names: placeNames(lanes, placed), groups, next: placedNext, height };
}

function placeRow(row: Row, top: number, { xs, width }: PlacedLanes): PlacedRow {
  const { parts } = row;
  if (row.kind === 'band') return { row, top, from: 0, to: width, label: { parts, left: 20, width: width - 40 } };
  if (row.kind === 'mark') {
    const x = xs[row.lane]!;
    const wanted = labelWidth(parts);
    const left = x - clearance - 4 - wanted;
    const label = left >= edge ? { parts, left, width: wanted } : labelFrom(x + clearance + 4, parts, width);
    return { row, top, from: x, to: x, label };
  }
  const [from, to] = [xs[row.from]!, xs[row.to]!];
  const fitting = dropToFit(parts, Math.abs(to - from) - 2 * clearance);
  return { row, top, from, to, label: labelFrom(Math.min(from, to) + clearance, fitting, width) };
}

/** Drops `extra` and `prefix` parts, the last ones first, until the label fits. */
function dropToFit(parts: LabelPart[], room: number): LabelPart[] {
  let kept = parts;
  while (labelWidth(kept) > room) {
    const index = kept.findLastIndex((part) => 'text' in part && (part.tone === 'extra' || part.tone === 'prefix'));
    if (index === -1) break;
    kept = kept.toSpliced(index, 1);
  }
  return kept;
}

function labelFrom(start: number, parts: LabelPart[], width: number): PlacedLabel {
  const wanted = labelWidth(parts);
  const left = Math.max(edge, Math.min(start, width - edge - wanted));
  return { parts, left, width: Math.min(wanted, width - edge - left) };
}

/** Returns the width of a label, rounded up. */
export function labelWidth(parts: readonly LabelPart[]): number {
  const widths = parts.map((part) => ('sid' in part ? chip : part.text.length * letter));
  return Math.ceil(widths.reduce((sum, one) => sum + one, 0) + Math.max(0, parts.length - 1) * space);
}

function handlingBars(rows: readonly PlacedRow[], { xs }: PlacedLanes): Handling[] {
  return rows.flatMap(({ row, top }) => {
    if (row.kind !== 'arrow' || row.line !== 'sent' || row.request === null) return [];
    const { request } = row;
    const ofRequest = rows.filter(({ row }) => row.request === request);
    if (ofRequest[0]!.row !== row) return [];
    // When the request itself is not visible, its first row is a command: the sender of that is the handler.
    const handler = row.to === xs.length - 1 ? row.from : row.to;
    return [{ request, left: xs[handler]!, top: top + lineTop, height: Math.max(6, ofRequest.at(-1)!.top - top) }];
  });
}

/** Returns the boxes around the rows of a request; one box for rows that touch. */
export function outlines(rows: readonly PlacedRow[], request: number): { top: number; height: number }[] {
  const boxes: { top: number; height: number }[] = [];
  for (const { row, top } of rows) {
    if (row.request !== request) continue;
    const last = boxes.at(-1);
    if (last && last.top + last.height === top) last.height += rowHeight;
    else boxes.push({ top, height: rowHeight });
  }
  return boxes;
}

/** Returns where to scroll when an event arrives: to the start of the current step, or to the end if all of it is visible there. */
export function topOfCurrent({ groups, height }: Layout, viewport: number): number {
  const end = Math.max(0, height - viewport);
  const current = groups.findLast(({ group }) => group.current) ?? groups.at(-1);
  return current ? Math.min(current.top, end) : 0;
}

/** Returns where to scroll to show a span: the nearest place, or the start of a span taller than the viewport. */
export function topToShow(span: { top: number; bottom: number }, viewport: number, scrollTop: number): number {
  if (span.top < scrollTop || span.bottom - span.top > viewport) return Math.max(0, span.top);
  return Math.max(scrollTop, span.bottom - viewport);
}

/** Returns the span from the first to the last row of a request; null when the request is not in the diagram. */
export function spanOf({ groups }: Layout, request: number): { top: number; bottom: number } | null {
  const tops = groups.flatMap(({ top, rows }) =>
    rows.filter(({ row }) => row.request === request).map((row) => top + row.top),
  );
  return tops.length === 0 ? null : { top: tops[0]!, bottom: tops.at(-1)! + rowHeight };
}

/** Returns the current group's row of an event, with two rows before and after it; null when that group does not have it. */
export function spanAround({ groups }: Layout, seq: number | null): { top: number; bottom: number } | null {
  const group = groups.findLast(({ group }) => group.current);
  const placed = group?.rows.find(({ row }) => row.seq === seq);
  if (!group || !placed) return null;
  const top = group.top + placed.top;
  return { top: top - 2 * rowHeight, bottom: top + 3 * rowHeight };
}
