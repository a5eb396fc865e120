/** Where the session records of the picture stand: each beside the cookies that name it. Pixels; pure. */
import type { SessionRecord } from '../../../../scenarios/engine/sessionRecord.ts';
import type { WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import { average, type Box, centered, setBack, spread } from './geometry.ts';
import { type Grid, highest } from './grid.ts';
import type { Picture } from './picture.ts';

export interface PlacedRecords extends Pick<Picture, 'records' | 'others'> {
  height: number;
}

export function placeRecords(who: WhoIsWho, { height, columns, rows, pitch, middle }: Grid): PlacedRecords {
  const inRedis = who.records.filter(({ state }) => state !== 'token');
  const someAreHeld = inRedis.some(({ sid }) => rows.some(({ cookie }) => cookie?.sid === sid));
  // A record without a cookie beside a browser would look like the record of that browser, so it stands between two of them.
  const betweenRows = height / 2 + (rows.length % 2 === 0 ? 0 : pitch / 2);
  const wanted = inRedis.map(({ sid }) => {
    const naming = rows.flatMap(({ cookie }, index) => (cookie?.sid === sid ? [middle(index)] : []));
    return naming.length > 0 ? average(naming) : someAreHeld ? height : betweenRows;
  });
  const beginner = beginnerIn(who);
  const ofBeginner = rows.flatMap(({ owner }, index) => (owner === beginner ? [middle(index)] : []))[0];
  const all = who.otherRecords > 0 ? [...wanted, ofBeginner ?? height] : wanted;
  const recordHeight = Math.min(highest, height / Math.max(1, all.length) - 5);
  const boxes = spread(all, recordHeight + 5, height).map((y) => centered(columns.record, y, recordHeight));
  const records = inRedis.map((record, index) => {
    const stray = !rows.some(({ cookie }) => cookie?.sid === record.sid);
    // Where it has to stand beside a browser, it stands back from its line.
    return { record, stray, box: stray ? setBack(boxes[index]!) : boxes[index]! };
  });
  const last: Box | null = who.otherRecords > 0 ? boxes.at(-1)! : null;
  return { records, others: last && !beginner ? setBack(last) : last, height: recordHeight };
}

/** The browser that began the further records, and keeps no cookie of them. */
export const beginnerIn = ({ browsers }: WhoIsWho) => browsers.find(({ begun }) => begun !== null);

/** Whether a record means somebody, or nobody, to the app: a line leads to it and on. */
export const isThere = ({ state, user }: SessionRecord) =>
  state === 'live' || state === 'token' || state === 'elsewhere' || (state === 'unseen' && user !== null);
