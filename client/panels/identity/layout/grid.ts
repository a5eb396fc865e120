/** The rows of the picture of who is who, and its columns: one row for each cookie, and for what holds none. Pixels; pure. */
import type { AskingPage } from '../../../../scenarios/engine/askingPages.ts';
import type { CopyElsewhere } from '../../../../scenarios/engine/copies.ts';
import type { Delivery } from '../../../../scenarios/engine/deliveries.ts';
import type { OtherCookie } from '../../../../scenarios/engine/otherCookies.ts';
import type { SessionCookie } from '../../../../scenarios/engine/sessionCookies.ts';
import type { Browser, WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import { average, type Box, centered, clamp, columnsOf, type Point, right } from './geometry.ts';

export interface Grid {
  width: number;
  height: number;
  columns: ReturnType<typeof columnsOf>;
  rows: Row[];
  /** From one row to the next. */
  pitch: number;
  /** Whether the next row is so near that no word fits below a chip. */
  tight: boolean;
  /** Whether a word fits above a chip as well. */
  roomAbove: boolean;
  /** Of a box that has one row. */
  boxHeight: number;
  middle: (row: number) => number;
  /** The box at the left of whatever the rows belong to. */
  boxOf: (owner: Row['owner']) => Box;
  /** Where the line of a row leaves the box of its owner. */
  startOf: (owner: Row['owner'], row: number) => Point;
}

export interface Row {
  /** Whose row it is. */
  owner: Browser | CopyElsewhere | AskingPage | Delivery;
  cookie: SessionCookie | null;
  /** A further cookie that the lesson is about. */
  other?: OtherCookie;
}

/** One row for each cookie and each token that a browser holds, at least one for each browser, and one for each other site. */
function rowsOf({ browsers, copies, deliveries, pages }: WhoIsWho): Row[] {
  const ofBrowsers = browsers.flatMap((browser): Row[] => {
    const held = [...browser.cookies, ...browser.tokens];
    return [
      ...(held.length === 0 ? [null] : held).map((cookie) => ({ owner: browser, cookie })),
      ...browser.otherCookies.map((other) => ({ owner: browser, cookie: null, other })),
    ];
  });
  return [
    ...ofBrowsers,
    ...copies.map((copy): Row => ({ owner: copy, cookie: copy.cookie })),
    ...[...deliveries, ...pages].map((site): Row => ({ owner: site, cookie: null })),
  ];
}

/**
 * The height depends on the scenario and the window alone, so that nothing moves from step to step.
 *
 * @param rows how many cookies of a browser the scenario is about
 * @param stacked whether the panels stand below each other: there is more height, and less width
 */
export function heightFor(actors: number, rows = 1, stacked = false): number {
  if (rows === 1 && actors <= 2) return 128;
  const height = Math.min(264, rows === 1 ? 44 * actors + 24 : Math.max(128, 41 * rows * actors));
  return Math.round(stacked ? 1.35 * height : height);
}

/** A chip, and a line of small letters below it. */
const roomForNote = 36;
/** Such a line above it, too. */
const roomForTwoNotes = 43;

/** @param width of the drawing, at least 300 @param stacked whether the panels stand below each other */
export function gridOf(who: WhoIsWho, width: number, stacked: boolean): Grid {
  const height = heightFor(who.browsers.length, 1 + (who.remembered ? 1 : 0) + who.furtherCookies, stacked);
  const columns = columnsOf(width);
  const rows = rowsOf(who);
  const pitch = height / rows.length;
  const boxHeight = Math.min(highest, pitch - 6);
  const middle = (row: number) => (row + 0.5) * pitch;
  const boxOf = (owner: Row['owner']) => {
    const own = rows.flatMap((row, index) => (row.owner === owner ? [middle(index)] : []));
    const boxed = own.length > 1 ? Math.min(highest, own.length * pitch - 6) : boxHeight;
    return centered(columns.browser, average(own), boxed);
  };
  const startOf = (owner: Row['owner'], row: number) => {
    const box = boxOf(owner);
    return { x: right(box), y: clamp(middle(row), box.y + 6, box.y + box.height - 6) };
  };
  const tight = pitch < roomForNote;
  const roomAbove = pitch >= roomForTwoNotes;
  return { width, height, columns, rows, pitch, tight, roomAbove, boxHeight, middle, boxOf, startOf };
}

/** Of the box of a browser, a record or a person. */
export const highest = 46;
