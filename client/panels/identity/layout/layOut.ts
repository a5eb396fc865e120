/** Where everything in the picture of who is who stands. Pixels; pure. */
import type { WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import { between, right } from './geometry.ts';
import { type Grid, gridOf } from './grid.ts';
import { boxForWords, placeLines, placeOtherCookies, placePages, placeTokens } from './lines.ts';
import { placePeople } from './people.ts';
import type { Person, Picture } from './picture.ts';
import { type PlacedRecords, placeRecords } from './records.ts';

/** @param width of the drawing, at least 300 @param stacked whether the panels stand below each other */
export function layOut(who: WhoIsWho, width: number, stacked = false): Picture {
  const grid = gridOf(who, width, stacked);
  const placed = placeRecords(who, grid);
  const lines = placeLines(who, grid, placed);
  const tokens = placeTokens(who, lines, grid);
  const otherCookies = placeOtherCookies(grid, placed);
  const { people, names, begun, misled } = placePeople(who, grid, placed, { tokens, otherCookies });
  return {
    width,
    height: grid.height,
    browsers: who.browsers.map((browser) => ({ browser, box: grid.boxOf(browser) })),
    gap: grid.pitch - grid.boxHeight,
    copies: who.copies.map((copy) => ({ copy, box: grid.boxOf(copy) })),
    pages: placePages(grid, lines),
    deliveries: placeDeliveries(who, grid, placed, people),
    otherCookies,
    tokens,
    lines,
    records: placed.records,
    others: placed.others,
    people,
    names,
    begun,
    misled,
  };
}

function placeDeliveries(
  who: WhoIsWho,
  grid: Grid,
  placed: PlacedRecords,
  people: readonly Person[],
): Picture['deliveries'] {
  return who.deliveries.map((delivery) => {
    const box = grid.boxOf(delivery);
    if (!delivery.account) return { delivery, box, data: null };
    const start = { x: right(box), y: box.y + box.height / 2 };
    const data = boxForWords(start.y, grid, placed);
    const owner = people.find(({ user }) => user !== null && user.id === delivery.account?.id);
    const paths = [`M${start.x} ${start.y} L${data.x} ${start.y}`];
    if (owner) paths.push(between({ x: right(data), y: start.y }, owner.box));
    return { delivery, box, data: { box: data, paths } };
  });
}
