/**
 * Where everything in the diagram is, in px. A row holds one arrow or mark, with its label above it or beside it. Pure.
 */
import type { VisibleGroup } from './collapse.ts';
import type { Lane } from './lanes.ts';
import type { DiagramModel } from './model.ts';
import { labelOfArrow, labelOfFold, labelOfMark, type PlacedLabel } from './placeLabel.ts';
import { edge, type PlacedLanes, placeLanes } from './placeLanes.ts';
import { placeNames } from './placeNames.ts';
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
  height: number;
  /** From the top of the row to its arrow, or to the middle of its sign. */
  lineTop: number;
  /** From the top of the row to its label. */
  labelTop: number;
  /** The ends of an arrow, twice the lane of a mark, or the whole width of a band. */
  from: number;
  to: number;
  label: PlacedLabel;
}

/** The time from a request to its response, as a bar on the lane of the one that handles it. */
interface Handling {
  request: number;
  left: number;
  top: number;
  height: number;
}

/** Of a row whose label has one line. */
export const rowHeight = 28;
const labelHeight = 16;
/** From the top of a row to its arrow. The label is above the arrow, clear of the 4 px of the arrowhead. */
const belowLabel = 21;
const titleHeight = 32;
const gap = 8;
const footHeight = 4;
const nextHeight = 40;

export function layOut({ lanes, next }: DiagramModel, width: number, visible: readonly VisibleGroup[]): Layout {
  const count = (kind: Lane['kind']) => lanes.filter((lane) => lane.kind === kind).length;
  const placed = placeLanes(count('actor'), count('answerer'), width);
  let top = gap;
  const groups = visible.map(({ group, id, open, before, after, hidden }): PlacedGroup => {
    const above = placeRows(before, titleHeight, placed);
    const leftOut = hidden > 0 ? { top: above.bottom, hidden } : null;
    const below = placeRows(after, above.bottom + (leftOut ? rowHeight : 0), placed);
    const rows = [...above.rows, ...below.rows];
    const height = below.bottom + footHeight;
    const one = { group, id, open, top, height, rows, leftOut, handling: handlingBars(rows, placed) };
    top += height + gap;
    return one;
  });
  const placedNext = next && { top, height: nextHeight };
  const height = top + (placedNext ? nextHeight + gap : 0);
  const streams = streamBars(groups, placed.xs, height);
  return { ...placed, names: placeNames(lanes, placed), groups, streams, next: placedNext, height };
}

function placeRows(rows: readonly Row[], top: number, lanes: PlacedLanes): { rows: PlacedRow[]; bottom: number } {
  let bottom = top;
  const placed = rows.map((row) => {
    const one = placeRow(row, bottom, lanes);
    bottom += one.height;
    return one;
  });
  return { rows: placed, bottom };
}

function placeRow(row: Row, top: number, lanes: PlacedLanes): PlacedRow {
  const { parts } = row;
  const { xs, width, column } = lanes;
  if (row.kind === 'band') {
    const label = { lines: [parts], left: edge + 5, width: width - 2 * (edge + 5) };
    return { row, top, height: rowHeight, lineTop: belowLabel, labelTop: 1, from: 0, to: width, label };
  }
  const [from, to] = row.kind === 'mark' ? [row.lane, row.lane] : [row.from, row.to];
  const label =
    row.kind === 'mark'
      ? labelOfMark(parts, row.lane, lanes)
      : (row.kind === 'arrow' ? labelOfArrow : labelOfFold)(parts, [from, to], lanes);
  const more = (label.lines.length - 1) * labelHeight;
  const height = rowHeight + more;
  const ends = { from: xs[from]!, to: xs[to]! };
  // Beside the arrow or the sign, not above it.
  if (column)
    return { row, top, height, lineTop: rowHeight / 2, labelTop: (rowHeight - labelHeight) / 2, ...ends, label };
  const lineTop = row.kind === 'mark' ? labelHeight / 2 : belowLabel + more;
  return { row, top, height, lineTop, labelTop: 0, ...ends, label };
}

function handlingBars(rows: readonly PlacedRow[], { xs }: PlacedLanes): Handling[] {
  return rows.flatMap(({ row, top, lineTop }) => {
    if (row.kind !== 'arrow' || row.line !== 'sent' || row.request === null) return [];
    const { request } = row;
    const ofRequest = rows.filter(({ row }) => row.request === request);
    if (ofRequest[0]!.row !== row) return [];
    // When the request itself is not visible, its first row is a command: the sender of that is the handler.
    const handler = row.to === xs.length - 1 ? row.from : row.to;
    const last = ofRequest.at(-1)!;
    const height = Math.max(6, last.top + last.lineTop - top - lineTop);
    return [{ request, left: xs[handler]!, top: top + lineTop, height }];
  });
}

/** Returns the boxes around the rows of a request. Only rows of another request come between two boxes. */
export function outlines(rows: readonly PlacedRow[], request: number): { top: number; height: number }[] {
  const boxes: { top: number; height: number }[] = [];
  let interrupted = true;
  for (const { row, top, height } of rows) {
    if (row.request !== request) {
      interrupted ||= row.request !== null;
      continue;
    }
    const last = boxes.at(-1);
    if (last && !interrupted) last.height = top + height - last.top;
    else boxes.push({ top, height });
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

/**
 * Returns how far to scroll where nobody else will: to the end of the current step, which is its answer, as long as the first difference
 * from the other variant stays in sight.
 */
export function topForEnd(layout: Layout, viewport: number, lit: number | null): number {
  const end = endOfCurrent(layout)?.bottom ?? 0;
  return Math.max(0, Math.min(end - viewport, spanAround(layout, lit)?.top ?? end));
}

/** Returns where to scroll to show a span: the nearest place, or the start of a span taller than the viewport. */
export function topToShow(span: { top: number; bottom: number }, viewport: number, scrollTop: number): number {
  if (span.top < scrollTop || span.bottom - span.top > viewport) return Math.max(0, span.top);
  return Math.max(scrollTop, span.bottom - viewport);
}

/** What of the current step is below a place in the diagram, rows that are left out included. */
export interface Below {
  /** How many requests begin there. */
  requests: number;
  /** Whether the end of a request is there that begins above. */
  rest: boolean;
}

/** Pixels at the bottom of a row that hold nothing. */
const unseen = 8;

export function belowIn({ groups }: Layout, bottom: number): Below {
  const current = groups.findLast(({ group }) => group.current);
  if (!current) return { requests: 0, rest: false };
  const { top: start, rows, leftOut, group } = current;
  const requestsIn = (those: readonly { row: Row }[]) => those.flatMap(({ row }) => row.request ?? []);
  const isBelow = ({ top, height }: { top: number; height: number }) => start + top + height > bottom + unseen;
  const below = new Set(requestsIn(rows.filter(isBelow)));
  if (leftOut && isBelow({ top: leftOut.top, height: rowHeight })) {
    const drawn = new Set(requestsIn(rows));
    for (const { request } of group.rows) if (request !== null && !drawn.has(request)) below.add(request);
  }
  const above = new Set(requestsIn(rows.filter((row) => !isBelow(row))));
  const requests = [...below].filter((request) => !above.has(request)).length;
  return { requests, rest: below.size > requests };
}

/** Returns the span of the last row of the current step; null before the first. */
export function endOfCurrent({ groups }: Layout): { top: number; bottom: number } | null {
  const current = groups.findLast(({ group }) => group.current);
  const last = current?.rows.at(-1);
  return current && last ? { top: current.top + last.top, bottom: current.top + current.height } : null;
}

/** Returns the span from the first to the last row of a request; null when the request is not in the diagram. */
export function spanOf({ groups }: Layout, request: number): { top: number; bottom: number } | null {
  const spans = groups.flatMap(({ top, rows }) =>
    rows
      .filter(({ row }) => row.request === request)
      .map((row) => ({ top: top + row.top, bottom: top + row.top + row.height })),
  );
  return spans.length === 0 ? null : { top: spans[0]!.top, bottom: spans.at(-1)!.bottom };
}

/** Returns the current group's row of an event, with two rows before and after it; null when that group does not have it. */
export function spanAround({ groups }: Layout, seq: number | null): { top: number; bottom: number } | null {
  const group = groups.findLast(({ group }) => group.current);
  const placed = group?.rows.find(({ row }) => row.seq === seq);
  if (!group || !placed) return null;
  const top = group.top + placed.top;
  return { top: top - 2 * rowHeight, bottom: top + placed.height + 2 * rowHeight };
}
