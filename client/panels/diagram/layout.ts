/**
 * Where everything in the diagram is, in px. A row holds one arrow or mark, with its label above it or beside it. Pure.
 */
import type { VisibleGroup } from './collapse.ts';
import { type Lane, type PlacedLanes, placeLanes, placeNames } from './lanes.ts';
import type { DiagramModel } from './model.ts';
import { labelOfArrow, labelOfFold, labelOfMark, type PlacedLabel } from './placeLabel.ts';
import type { Row } from './row.ts';
import { type PlacedStream, streamBars } from './streams.ts';

export interface Layout extends PlacedLanes {
  /** The names of the lanes, which stay visible while the rest scrolls under them. */
  names: ReturnType<typeof placeNames>;
  height: number;
  groups: PlacedGroup[];
  streams: PlacedStream[];
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
  const streams = streamBars(groups, placed.xs, lineTop, height);
  return { ...placed, names: placeNames(lanes, placed), groups, streams, next: placedNext, height };
}

function placeRow(row: Row, top: number, lanes: PlacedLanes): PlacedRow {
  const { parts } = row;
  const { xs, width } = lanes;
  switch (row.kind) {
    case 'band':
      return { row, top, from: 0, to: width, label: { parts, left: 20, width: width - 40, crosses: false } };
    case 'mark':
      return { row, top, from: xs[row.lane]!, to: xs[row.lane]!, label: labelOfMark(parts, row.lane, lanes) };
    case 'arrow':
    case 'fold': {
      const place = row.kind === 'arrow' ? labelOfArrow : labelOfFold;
      return { row, top, from: xs[row.from]!, to: xs[row.to]!, label: place(parts, [row.from, row.to], lanes) };
    }
  }
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

/** Returns the boxes around the rows of a request. Only rows of another request come between two boxes. */
export function outlines(rows: readonly PlacedRow[], request: number): { top: number; height: number }[] {
  const boxes: { top: number; height: number }[] = [];
  let interrupted = true;
  for (const { row, top } of rows) {
    if (row.request !== request) {
      interrupted ||= row.request !== null;
      continue;
    }
    const last = boxes.at(-1);
    if (last && !interrupted) last.height = top + rowHeight - last.top;
    else boxes.push({ top, height: rowHeight });
    interrupted = false;
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
