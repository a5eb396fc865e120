/** Where everything in the picture of who is who stands. Pixels; pure. */
import type { CopyElsewhere } from '../../../scenarios/engine/copies.ts';
import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { RecordUser, SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Picture {
  width: number;
  height: number;
  browsers: { browser: Browser; box: Box }[];
  /** Other sites that have a copy of a cookie. */
  copies: { copy: CopyElsewhere; box: Box }[];
  /** From each browser or copy towards the records that its cookie names. Without a cookie there is only the place where a line would be. */
  lines: Line[];
  /** `stray`: no browser holds a cookie for it. */
  records: { record: SessionRecord; box: Box; stray: boolean }[];
  /** Where the number of further records stands; null when there are none. */
  others: Box | null;
  people: Person[];
  /** From a record to the person it names. */
  names: { path: string; from: Box; person: Person; record: SessionRecord }[];
}

export interface Line {
  /** null for a copy. */
  browser: Browser | null;
  cookie: SessionCookie | null;
  /** The box of the cookie's chip. */
  chip: Box;
  /** Whether the next line is so near that no word fits below the chip. */
  tight: boolean;
  /** One to each record: several only if each process has its own memory. None without a cookie. */
  branches: Branch[];
}

export interface Branch {
  /** From the browser to the record, under the chip; up to the break when it is broken. */
  path: string;
  /** Where a line that does not reach a record ends; null when it does. */
  end: { x: number; y: number } | null;
  /** null when the cookie names no record. */
  record: SessionRecord | null;
}

export interface Person {
  user: RecordUser | null;
  /** Whose code a record of nobody waits for. */
  waitsFor: string | null;
  box: Box;
}

/**
 * The height depends on the scenario and the window alone, so that nothing moves from step to step.
 *
 * @param remembered whether it is about remembered devices
 * @param stacked whether the panels stand below each other: there is more height, and less width
 */
export function heightFor(actors: number, remembered = false, stacked = false): number {
  if (!remembered && actors <= 2) return 128;
  const height = remembered ? 41 * 2 * actors : Math.min(264, 44 * actors + 24);
  return Math.round(stacked ? 1.35 * height : height);
}

/** A chip, and a line of small letters below it. */
const roomForNote = 36;

/** @param width of the drawing, at least 300 @param stacked whether the panels stand below each other */
export function layOut(who: WhoIsWho, width: number, stacked = false): Picture {
  const height = heightFor(who.browsers.length, who.remembered, stacked);
  const columns = columnsOf(width);
  const rows = rowsOf(who);
  const pitch = height / rows.length;
  const tight = pitch < roomForNote;
  const middle = (row: number) => (row + 0.5) * pitch;
  const boxHeight = Math.min(46, pitch - 6);
  const boxOf = (owner: Browser | CopyElsewhere) => {
    const own = rows.flatMap((row, index) => (row.owner === owner ? [middle(index)] : []));
    return centered(columns.browser, average(own), own.length > 1 ? Math.min(46, own.length * pitch - 6) : boxHeight);
  };
  const browsers = who.browsers.map((browser) => ({ browser, box: boxOf(browser) }));
  const copies = who.copies.map((copy) => ({ copy, box: boxOf(copy) }));

  const someAreHeld = who.records.some(({ sid }) => rows.some(({ cookie }) => cookie?.sid === sid));
  // A record without a cookie beside a browser would look like the record of that browser, so it stands between two of them.
  const betweenRows = height / 2 + (rows.length % 2 === 0 ? 0 : pitch / 2);
  const wanted = who.records.map(({ sid }) => {
    const naming = rows.flatMap(({ cookie }, index) => (cookie?.sid === sid ? [middle(index)] : []));
    return naming.length > 0 ? average(naming) : someAreHeld ? height : betweenRows;
  });
  const all = who.otherRecords > 0 ? [...wanted, height] : wanted;
  const recordHeight = Math.min(46, height / Math.max(1, all.length) - 5);
  const placed = spread(all, recordHeight + 5, height);
  const boxes = placed.map((y) => centered(columns.record, y, recordHeight));
  const records = who.records.map((record, index) => {
    const stray = !rows.some(({ cookie }) => cookie?.sid === record.sid);
    // Where it has to stand beside a browser, it stands back from its line.
    return { record, stray, box: stray ? setBack(boxes[index]!) : boxes[index]! };
  });

  const lines = rows.map(({ owner, cookie }, index): Line => {
    const own = boxOf(owner);
    const browser = 'actor' in owner ? owner : null;
    const from = { x: right(own), y: clamp(middle(index), own.y + 6, own.y + own.height - 6) };
    const chip = centered(columns.chip, middle(index), Math.min(20, pitch));
    if (!cookie) return { browser, cookie, chip, tight, branches: [] };
    const named = records.filter(({ record }) => record.sid === cookie.sid);
    if (cookie.broken !== null || named.length === 0) {
      const end = { x: right(chip) + 12, y: middle(index) };
      return { browser, cookie, chip, tight, branches: [{ path: curve(from, chip, end), end, record: null }] };
    }
    const branches = named.map(({ record, box }): Branch => {
      const to = { x: box.x, y: box.y + box.height / 2 };
      if (isThere(record)) return { path: curve(from, chip, to), end: null, record };
      const end = { x: to.x - 10, y: to.y };
      return { path: curve(from, chip, end), end, record };
    });
    return { browser, cookie, chip, tight, branches };
  });

  const live = records.filter(({ record }) => isThere(record));
  const personKey = personKeyIn(who.records);
  const ids = [...new Set(live.map(({ record }) => personKey(record)))];
  const groups = ids.map((id) => live.filter(({ record }) => personKey(record) === id));
  const personHeight = Math.min(recordHeight, height / Math.max(1, groups.length) - 5);
  const personYs = spread(
    groups.map((group) => average(group.map(({ box }) => box.y + box.height / 2))),
    personHeight + 5,
    height,
  );
  const people = groups.map((group, index) => ({
    user: (group.find(({ record }) => record.kind === 'session') ?? group[0]!).record.user,
    waitsFor: group[0]!.record.waitsFor,
    box: centered(columns.person, personYs[index]!, personHeight),
  }));
  const names = groups.flatMap((group, index) =>
    group.map(({ box, record }) => ({
      from: box,
      record,
      path: between({ x: right(box), y: box.y + box.height / 2 }, people[index]!.box),
      person: people[index]!,
    })),
  );
  return {
    width,
    height,
    browsers,
    copies,
    lines,
    records,
    others: who.otherRecords > 0 ? setBack(boxes.at(-1)!) : null,
    people,
    names,
  };
}

const isThere = ({ state, user }: SessionRecord) =>
  state === 'live' || state === 'token' || state === 'elsewhere' || (state === 'unseen' && user !== null);

/** Records of one person meet in that person. Nobody is not one person. A remembered device has the role of its user's sessions. */
function personKeyIn(records: readonly SessionRecord[]) {
  return ({ kind, sid, user }: SessionRecord) => {
    if (!user) return sid;
    const session = records.find(
      (other) => other.kind === 'session' && other.user?.name === user.name && isThere(other),
    );
    return `${user.name} ${kind === 'remember' ? (session?.user?.role ?? '') : user.role}`;
  };
}

interface Row {
  owner: Browser | CopyElsewhere;
  cookie: SessionCookie | null;
}

/** One row for each cookie and each token that a browser holds, at least one for each browser, and one for each copy. */
function rowsOf({ browsers, copies }: WhoIsWho): Row[] {
  const ofBrowsers = browsers.flatMap((browser): Row[] => {
    const held = [...browser.cookies, ...browser.tokens];
    return held.length === 0 ? [{ owner: browser, cookie: null }] : held.map((cookie) => ({ owner: browser, cookie }));
  });
  return [...ofBrowsers, ...copies.map((copy): Row => ({ owner: copy, cookie: copy.cookie }))];
}

function columnsOf(width: number) {
  const browser = { x: 0, width: clamp(width * 0.3, 92, 200) };
  const person = { width: clamp(width * 0.17, 70, 130), x: 0 };
  person.x = width - person.width;
  const record = { width: clamp(width * 0.215, 84, 160), x: 0 };
  record.x = person.x - clamp(width * 0.06, 12, 44) - record.width;
  const room = record.x - right(browser);
  const chip = { x: right(browser) + Math.min(14, room * 0.12), width: Math.min(84, room - 24) };
  return { browser, person, record, chip };
}

const right = ({ x, width }: { x: number; width: number }) => x + width;
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
const average = (numbers: readonly number[]) => numbers.reduce((sum, it) => sum + it, 0) / numbers.length;

const centered = ({ x, width }: { x: number; width: number }, y: number, height: number): Box => ({
  x,
  y: y - height / 2,
  width,
  height,
});

/** Pixels. */
const backwards = 14;

const setBack = (box: Box): Box => ({ ...box, x: box.x + backwards, width: box.width - backwards });

/** Moves places apart until neighbors are `pitch` apart, keeps their order, and keeps them within the height. */
export function spread(wanted: readonly number[], pitch: number, height: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = [...wanted];
  let least = pitch / 2;
  for (const index of order) {
    placed[index] = Math.max(least, wanted[index]!);
    least = placed[index]! + pitch;
  }
  let most = height - pitch / 2;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(most, placed[index]!);
    most = placed[index]! - pitch;
  }
  return placed;
}

interface Point {
  x: number;
  y: number;
}

/** From a browser straight under its cookie's chip, and on in a curve. */
function curve(from: Point, chip: Box, to: Point): string {
  const y = chip.y + chip.height / 2;
  const start = right(chip) - 8;
  const half = (start + to.x) / 2;
  return `M${from.x} ${from.y} L${chip.x} ${y} L${start} ${y} C${half} ${y} ${half} ${to.y} ${to.x} ${to.y}`;
}

function between(from: Point, { x, y, height }: Box): string {
  const to = { x, y: y + height / 2 };
  const half = (from.x + to.x) / 2;
  return `M${from.x} ${from.y} C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`;
}
