/** Where everything in the picture of who is who stands. Pixels; pure. */
import type { AskingPage } from '../../../scenarios/engine/askingPages.ts';
import type { CopyElsewhere } from '../../../scenarios/engine/copies.ts';
import type { Delivery } from '../../../scenarios/engine/deliveries.ts';
import type { OtherCookie } from '../../../scenarios/engine/otherCookies.ts';
import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { RecordUser, SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { readsOthers } from '../../../scenarios/engine/whoIsWhoFacts.ts';
import {
  average,
  type Box,
  between,
  centered,
  clamp,
  columnsOf,
  curve,
  overlap,
  past,
  right,
  setBack,
  spread,
  widestChip,
} from './geometry.ts';

export interface Picture {
  width: number;
  height: number;
  browsers: { browser: Browser; box: Box }[];
  /** Other sites that have a copy of a cookie. */
  copies: { copy: CopyElsewhere; box: Box }[];
  /** Pages of other sites that made a browser ask. `joins`: where its line meets that of the cookie that went along; null when none did. */
  pages: { page: AskingPage; box: Box; path: string; joins: { x: number; y: number } | null }[];
  /** Other sites that received something. `data`: what they know of an account; null when they learned nothing. */
  deliveries: { delivery: Delivery; box: Box; data: { box: Box; paths: string[] } | null }[];
  /** Further cookies that the lesson is about. `path`: from its browser to it. */
  otherCookies: { cookie: OtherCookie; browser: Browser; box: Box; path: string }[];
  /** Signed tokens, each where the chip of its cookie would be: there is no record that it leads to. */
  tokens: { record: SessionRecord; cookie: SessionCookie; box: Box }[];
  /** From each browser or copy towards the records that its cookie names. Without a cookie there is only the place where a line would be. */
  lines: Line[];
  /** `stray`: no browser holds a cookie for it. */
  records: { record: SessionRecord; box: Box; stray: boolean }[];
  /** Where the number of further records stands; null when there are none. */
  others: Box | null;
  people: Person[];
  /** From a record or a token to the person it names. */
  names: { path: string; from: Box; person: Person; record: SessionRecord }[];
  /** From the records that a browser began to the person whom all of them name; null when there is none. */
  begun: { path: string; person: Person } | null;
  /** From a browser past the records to the person whose page it got, though its own session does not name them. */
  misled: { path: string; browser: Browser }[];
}

export interface Line {
  /** null for a copy. */
  browser: Browser | null;
  cookie: SessionCookie | null;
  /** The box of the cookie's chip. */
  chip: Box;
  /** Whether the next line is so near that no word fits below the chip. */
  tight: boolean;
  /** Whether a word fits above the chip as well. */
  roomAbove: boolean;
  /** Pixels between the chip and the records. */
  beside: number;
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
  /** Whether an admin has disabled the account. */
  disabled: boolean;
  /** Whose code a record of nobody waits for. */
  waitsFor: string | null;
  box: Box;
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
export function layOut(who: WhoIsWho, width: number, stacked = false): Picture {
  const height = heightFor(who.browsers.length, 1 + (who.remembered ? 1 : 0) + who.furtherCookies, stacked);
  const columns = columnsOf(width);
  const rows = rowsOf(who);
  const pitch = height / rows.length;
  const tight = pitch < roomForNote;
  const middle = (row: number) => (row + 0.5) * pitch;
  const boxHeight = Math.min(46, pitch - 6);
  const boxOf = (owner: Row['owner']) => {
    const own = rows.flatMap((row, index) => (row.owner === owner ? [middle(index)] : []));
    return centered(columns.browser, average(own), own.length > 1 ? Math.min(46, own.length * pitch - 6) : boxHeight);
  };
  const browsers = who.browsers.map((browser) => ({ browser, box: boxOf(browser) }));
  const isToken = (sid: string | null) => who.records.some((record) => record.sid === sid && record.state === 'token');
  const inRedis = who.records.filter(({ state }) => state !== 'token');
  const copies = who.copies.map((copy) => ({ copy, box: boxOf(copy) }));

  const someAreHeld = inRedis.some(({ sid }) => rows.some(({ cookie }) => cookie?.sid === sid));
  // A record without a cookie beside a browser would look like the record of that browser, so it stands between two of them.
  const betweenRows = height / 2 + (rows.length % 2 === 0 ? 0 : pitch / 2);
  const wanted = inRedis.map(({ sid }) => {
    const naming = rows.flatMap(({ cookie }, index) => (cookie?.sid === sid ? [middle(index)] : []));
    return naming.length > 0 ? average(naming) : someAreHeld ? height : betweenRows;
  });
  const beginner = who.browsers.find(({ begun }) => begun !== null);
  const ofBeginner = rows.flatMap(({ owner }, index) => (owner === beginner ? [middle(index)] : []))[0];
  const all = who.otherRecords > 0 ? [...wanted, ofBeginner ?? height] : wanted;
  const recordHeight = Math.min(46, height / Math.max(1, all.length) - 5);
  const placed = spread(all, recordHeight + 5, height);
  const boxes = placed.map((y) => centered(columns.record, y, recordHeight));
  const records = inRedis.map((record, index) => {
    const stray = !rows.some(({ cookie }) => cookie?.sid === record.sid);
    // Where it has to stand beside a browser, it stands back from its line.
    return { record, stray, box: stray ? setBack(boxes[index]!) : boxes[index]! };
  });

  const others = who.otherRecords > 0 ? (beginner ? boxes.at(-1)! : setBack(boxes.at(-1)!)) : null;
  const lines = rows.flatMap(({ owner, cookie, other }, index): Line[] => {
    if ('what' in owner || 'account' in owner || other) return [];
    return [lineOf(owner, cookie, index)];
  });
  const tokens = lines.flatMap(({ cookie, chip, tight }) => {
    const record = who.records.find(({ sid, state }) => sid === cookie?.sid && state === 'token');
    if (!record || !cookie) return [];
    const y = chip.y + chip.height / 2;
    const beside = columns.chip.width < widestChip ? 10 : 24;
    const wide = { x: columns.chip.x, width: Math.max(columns.chip.width, columns.record.x - columns.chip.x - beside) };
    return [
      {
        record,
        cookie,
        box: centered({ ...wide, width: Math.min(wide.width, 132) }, y, tight ? chip.height : boxHeight),
      },
    ];
  });

  function lineOf(owner: Browser | CopyElsewhere, cookie: SessionCookie | null, index: number): Line {
    const own = boxOf(owner);
    const browser = 'actor' in owner ? owner : null;
    const from = startOf(own, middle(index));
    const chip = centered(columns.chip, middle(index), Math.min(20, pitch));
    const line = {
      browser,
      cookie,
      chip,
      tight,
      roomAbove: pitch >= roomForTwoNotes,
      beside: columns.record.x - right(columns.chip),
    };
    if (!cookie) {
      if (browser === null || browser.begun === null || !others) return { ...line, branches: [] };
      const to = { x: others.x, y: others.y + others.height / 2 };
      return { ...line, branches: [{ path: curve(from, chip, to), end: null, record: null }] };
    }
    const named = records.filter(({ record }) => record.sid === cookie.sid);
    if (isToken(cookie.sid)) {
      const path = `M${from.x} ${from.y} L${chip.x} ${middle(index)}`;
      const end = cookie.broken === null ? null : { x: chip.x - 4, y: middle(index) };
      return { ...line, branches: [{ path, end, record: null }] };
    }
    if (cookie.broken !== null || named.length === 0) {
      const end = { x: right(chip) + 12, y: middle(index) };
      return { ...line, branches: [{ path: curve(from, chip, end), end, record: null }] };
    }
    const branches = named.map(({ record, box }): Branch => {
      const to = { x: box.x, y: box.y + box.height / 2 };
      if (isThere(record)) return { path: curve(from, chip, to), end: null, record };
      const end = { x: to.x - 10, y: to.y };
      return { path: curve(from, chip, end), end, record };
    });
    return { ...line, branches };
  }

  const pages = rows.flatMap(({ owner }) => {
    if (!('what' in owner)) return [];
    const box = boxOf(owner);
    const line = lines.find(({ browser, cookie }) => browser?.actor.name === owner.from && cookie !== null);
    if (!line) return [{ page: owner, box, path: '', joins: null }];
    const from = { x: right(box), y: box.y + box.height / 2 };
    const sent = line.cookie?.sentFor?.page === owner.host;
    const middleOf = line.chip.y + line.chip.height / 2;
    // It joins the line of the cookie that went along, or ends at the break of the one that did not.
    const to = { x: right(line.chip) + 12, y: sent ? middleOf : middleOf + 8 };
    const path = `M${from.x} ${from.y} C${to.x} ${from.y} ${to.x} ${from.y} ${to.x} ${to.y}`;
    return [{ page: owner, box, path, joins: sent ? to : null }];
  });

  // A token that is at several browsers is there once for each.
  const live = [
    ...records.filter(({ record }) => isThere(record)).map(({ record, box }) => ({ record, box })),
    ...tokens.filter(({ cookie }) => cookie.broken === null).map(({ record, box }) => ({ record, box })),
  ];
  const personKey = personKeyIn(who.records);
  const ids = [...new Set(live.map(({ record }) => personKey(record)))];
  const groups = ids.map((id) => live.filter(({ record }) => personKey(record) === id));
  const named = groups.map((group) => ({
    user: (group.find(({ record }) => record.kind === 'session') ?? group[0]!).record.user,
    waitsFor: group[0]!.record.waitsFor,
    disabled: who.disabled.includes(group[0]!.record.user?.id ?? -1),
    y: average(group.map(({ box }) => box.y + box.height / 2)),
  }));
  const readers = who.browsers.filter(readsOthers).map((browser) => {
    const box = boxOf(browser);
    // Its line passes below the records of its row.
    const y = Math.min(height - 4, box.y + box.height / 2 + Math.min(pitch / 2, recordHeight / 2 + 12));
    return { browser, box, y, name: browser.answer!.about! };
  });
  const onlyRead = readers.flatMap(({ name, y }) => {
    if (named.some(({ user }) => user?.name === name)) return [];
    return [{ user: { id: -1, name, role: '' }, waitsFor: null, disabled: false, y }];
  });
  const drawn = [...named, ...onlyRead];
  const personHeight = Math.min(recordHeight, height / Math.max(1, drawn.length) - 5);
  const personYs = spread(
    drawn.map(({ y }) => y),
    personHeight + 5,
    height,
  );
  const people = drawn.map(
    ({ y: _, ...person }, index): Person => ({
      ...person,
      box: centered(columns.person, personYs[index]!, personHeight),
    }),
  );
  /** For words that may reach below the records, where none stands in the way. */
  function boxFrom(x: number, y: number): Box {
    const reach = (end: number) => centered({ x, width: end - x }, y, Math.min(24, pitch - 4));
    const wide = reach(right(columns.record));
    return records.some((record) => overlap(record.box, wide)) ? reach(columns.record.x - 10) : wide;
  }
  const otherCookies = rows.flatMap(({ owner, other }, index) => {
    if (!other || !('actor' in owner)) return [];
    const box = boxFrom(columns.chip.x, middle(index));
    const start = startOf(boxOf(owner), middle(index));
    return [{ cookie: other, browser: owner, box, path: `M${start.x} ${start.y} L${box.x} ${middle(index)}` }];
  });
  const misled = readers.map(({ browser, box, y, name }) => {
    const person = people.find(({ user }) => user?.name === name)!;
    // What went along with the request that got the page is on the way to it.
    const sent = otherCookies.find(({ cookie, browser: holder }) => holder === browser && cookie.wentAlong);
    if (sent && browser.answer!.by === null) {
      const { y, height } = sent.box;
      return { browser, path: `${sent.path} ${between({ x: right(sent.box), y: y + height / 2 }, person.box)}` };
    }
    const from = { x: right(box), y: box.y + box.height - 8 };
    return { browser, path: past(from, { x: columns.record.x, y }, right(columns.record), person.box) };
  });
  const names = groups.flatMap((group, index) =>
    group.map(({ box, record }) => ({
      from: box,
      record,
      path: between({ x: right(box), y: box.y + box.height / 2 }, people[index]!.box),
      person: people[index]!,
    })),
  );
  // Whom the records that a browser began name, if all of them name one: a person who may be there only because of them.
  const [begunUser, isNamed] = [beginner?.begun?.user ?? null, beginner !== undefined && others !== null];
  let begun: Picture['begun'] = null;
  if (isNamed && others) {
    const known = people.find(({ user }) => user !== null && user.id === begunUser?.id);
    const y = Math.min(height - personHeight / 2, Math.max(personHeight / 2, others.y + others.height / 2));
    const person = known ?? {
      user: begunUser,
      waitsFor: null,
      disabled: begunUser !== null && who.disabled.includes(begunUser.id),
      box: centered(columns.person, y, personHeight),
    };
    if (!known) people.push(person);
    begun = { path: between({ x: right(others), y: others.y + others.height / 2 }, person.box), person };
  }
  const deliveries = who.deliveries.map((delivery) => {
    const box = boxOf(delivery);
    if (!delivery.account) return { delivery, box, data: null };
    const start = { x: right(box), y: box.y + box.height / 2 };
    const dataBox = boxFrom(columns.chip.x, start.y);
    const owner = people.find(({ user }) => user !== null && user.id === delivery.account?.id);
    const paths = [`M${start.x} ${start.y} L${dataBox.x} ${start.y}`];
    if (owner) paths.push(between({ x: right(dataBox), y: start.y }, owner.box));
    return { delivery, box, data: { box: dataBox, paths } };
  });
  return {
    width,
    height,
    browsers,
    copies,
    pages,
    deliveries,
    otherCookies,
    tokens,
    lines,
    records,
    others,
    people,
    names,
    begun,
    misled,
  };
}

const isThere = ({ state, user }: SessionRecord) =>
  state === 'live' || state === 'token' || state === 'elsewhere' || (state === 'unseen' && user !== null);

/** Where the line of a row leaves the box of its browser. */
const startOf = (box: Box, y: number) => ({ x: right(box), y: clamp(y, box.y + 6, box.y + box.height - 6) });

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
  owner: Browser | CopyElsewhere | AskingPage | Delivery;
  cookie: SessionCookie | null;
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
