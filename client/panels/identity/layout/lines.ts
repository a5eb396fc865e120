/** What leads from a browser to the right: the lines of its session cookies, signed tokens, and requests that a page made. Pixels; pure. */
import type { CopyElsewhere } from '../../../../scenarios/engine/copies.ts';
import type { SessionCookie } from '../../../../scenarios/engine/sessionCookies.ts';
import type { Browser, WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import { type Box, centered, curve, overlap, type Point, right, widestChip } from './geometry.ts';
import type { Grid } from './grid.ts';
import type { Branch, Line, Picture } from './picture.ts';
import { isThere, type PlacedRecords } from './records.ts';

export function placeLines(who: WhoIsWho, grid: Grid, placed: PlacedRecords): Line[] {
  return grid.rows.flatMap(({ owner, cookie, other }, row): Line[] => {
    if ('what' in owner || 'account' in owner || other) return [];
    const { columns, pitch, tight, roomAbove } = grid;
    const chip = centered(columns.chip, grid.middle(row), Math.min(20, pitch));
    const from = grid.startOf(owner, row);
    const branches = cookie
      ? branchesOf(cookie, from, chip, who, grid, placed)
      : branchToOthers(owner, from, chip, placed);
    const browser = 'actor' in owner ? owner : null;
    return [{ browser, cookie, chip, tight, roomAbove, beside: columns.record.x - right(columns.chip), branches }];
  });
}

/** From a browser that keeps none of the cookies of the sessions that it began to their records. */
function branchToOthers(owner: Browser | CopyElsewhere, from: Point, chip: Box, { others }: PlacedRecords): Branch[] {
  if (!('actor' in owner) || owner.begun === null || !others) return [];
  return [{ path: curve(from, chip, { x: others.x, y: others.y + others.height / 2 }), end: null, record: null }];
}

function branchesOf(
  cookie: SessionCookie,
  from: Point,
  chip: Box,
  who: WhoIsWho,
  grid: Grid,
  { records }: PlacedRecords,
): Branch[] {
  const y = chip.y + chip.height / 2;
  if (tokenOf(cookie, who)) {
    const end = cookie.broken === null ? null : { x: chip.x - 4, y };
    return [{ path: `M${from.x} ${from.y} L${chip.x} ${y}`, end, record: null }];
  }
  const named = records.filter(({ record }) => record.sid === cookie.sid);
  if (cookie.broken !== null || named.length === 0) {
    const end = { x: behind(chip, grid), y };
    return [{ path: curve(from, chip, end), end, record: null }];
  }
  return named.map(({ record, box }): Branch => {
    const to = { x: box.x, y: box.y + box.height / 2 };
    if (isThere(record)) return { path: curve(from, chip, to), end: null, record };
    const end = { x: to.x - 10, y: to.y };
    return { path: curve(from, chip, end), end, record };
  });
}

/** Where a line behind a chip ends: its cross touches no record, also where there is little room. */
const behind = (chip: Box, { columns }: Grid) => Math.min(right(chip) + 12, columns.record.x - 8);

const tokenOf = (cookie: SessionCookie | null, { records }: WhoIsWho) =>
  records.find(({ sid, state }) => sid === cookie?.sid && state === 'token');

export function placeTokens(who: WhoIsWho, lines: readonly Line[], { columns, boxHeight }: Grid): Picture['tokens'] {
  return lines.flatMap(({ cookie, chip, tight }) => {
    const record = tokenOf(cookie, who);
    if (!record || !cookie) return [];
    const beside = columns.chip.width < widestChip ? 10 : 24;
    const room = Math.max(columns.chip.width, columns.record.x - columns.chip.x - beside);
    const wide = { x: columns.chip.x, width: Math.min(room, 132) };
    return [{ record, cookie, box: centered(wide, chip.y + chip.height / 2, tight ? chip.height : boxHeight) }];
  });
}

export function placePages(grid: Grid, lines: readonly Line[]): Picture['pages'] {
  const { rows, boxOf } = grid;
  return rows.flatMap(({ owner }) => {
    if (!('what' in owner)) return [];
    const box = boxOf(owner);
    const line = lines.find(({ browser, cookie }) => browser?.actor.name === owner.from && cookie !== null);
    if (!line) return [{ page: owner, box, path: '', joins: null }];
    const from = { x: right(box), y: box.y + box.height / 2 };
    const sent = line.cookie?.sentFor?.page === owner.host;
    const middleOf = line.chip.y + line.chip.height / 2;
    // It joins the line of the cookie that went along, or ends at the break of the one that did not.
    const to = { x: behind(line.chip, grid), y: sent ? middleOf : middleOf + 8 };
    const path = `M${from.x} ${from.y} C${to.x} ${from.y} ${to.x} ${from.y} ${to.x} ${to.y}`;
    return [{ page: owner, box, path, joins: sent ? to : null }];
  });
}

export function placeOtherCookies(grid: Grid, placed: PlacedRecords): Picture['otherCookies'] {
  return grid.rows.flatMap(({ owner, other }, row) => {
    if (!other || !('actor' in owner)) return [];
    const box = boxForWords(grid.middle(row), grid, placed);
    const start = grid.startOf(owner, row);
    return [{ cookie: other, browser: owner, box, path: `M${start.x} ${start.y} L${box.x} ${grid.middle(row)}` }];
  });
}

/** From the column of the chips on: past that of the records where none stands in the way. @param y of its middle */
export function boxForWords(y: number, { columns, pitch }: Grid, { records }: PlacedRecords): Box {
  const { x } = columns.chip;
  const reach = (end: number) => centered({ x, width: end - x }, y, Math.min(24, pitch - 4));
  const wide = reach(right(columns.record));
  return records.some((record) => overlap(record.box, wide)) ? reach(columns.record.x - 10) : wide;
}
