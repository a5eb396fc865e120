/** Where the bars of responses that stay open are: from the response to its end, through all steps between. Pure. */
import type { Row } from './row.ts';

/** Lengths in px, from the top of the diagram. */
export interface PlacedStream {
  request: number;
  /** The lane of the one that receives it. */
  lane: number;
  left: number;
  top: number;
  height: number;
  /** Whether it has not ended by the moment that is shown. */
  open: boolean;
}

/** A step, with all its rows and those of them that are drawn. */
interface GroupAt {
  group: { rows: readonly Row[] };
  top: number;
  height: number;
  rows: readonly { row: Row; top: number; lineTop: number }[];
}

/** @param end where a stream that is still open leaves the diagram */
export function streamBars(groups: readonly GroupAt[], xs: readonly number[], end: number): PlacedStream[] {
  const streams: PlacedStream[] = [];
  for (const { group, top, height, rows } of groups) {
    for (const row of group.rows) {
      if (!row.stream || row.kind !== 'arrow' || row.request === null) continue;
      const placed = rows.find((one) => one.row === row);
      // A collapsed step has no row to start or end at.
      const at = placed ? top + placed.top + placed.lineTop : top + height / 2;
      if (row.stream === 'opens') {
        const { request, to: lane } = row;
        streams.push({ request, lane, left: xs[lane]!, top: at, height: end - at, open: true });
      }
      const ended = row.stream === 'ends' && streams.find(({ request }) => request === row.request);
      if (ended) Object.assign(ended, { open: false, height: at - ended.top });
    }
  }
  return streams;
}
