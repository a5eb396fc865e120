/** The people of the picture: whom records name, and whose pages browsers got. Pixels; pure. */
import type { SessionRecord } from '../../../../scenarios/engine/sessionRecord.ts';
import type { Browser, WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import { readsOthers } from '../../../../scenarios/engine/whoIsWhoFacts.ts';
import { average, type Box, between, centered, clamp, past, right, spread } from './geometry.ts';
import type { Grid } from './grid.ts';
import type { Person, Picture } from './picture.ts';
import { beginnerIn, isThere, type PlacedRecords } from './records.ts';

type PlacedPeople = Pick<Picture, 'people' | 'names' | 'begun' | 'misled'>;
type Unplaced = Omit<Person, 'box'> & { y: number };

export function placePeople(
  who: WhoIsWho,
  grid: Grid,
  placed: PlacedRecords,
  { tokens, otherCookies }: Pick<Picture, 'tokens' | 'otherCookies'>,
): PlacedPeople {
  const { height, columns } = grid;
  const groups = groupByPerson(who, placed, tokens);
  const isDisabled = (id: number | undefined) => id !== undefined && who.disabled.includes(id);
  const named = groups.map((group): Unplaced => {
    const { user } = (group.find(({ record }) => record.kind === 'session') ?? group[0]!).record;
    const [{ record: first }] = group as [Placed];
    return {
      user,
      waitsFor: first.waitsFor,
      disabled: isDisabled(first.user?.id),
      y: average(group.map(({ box }) => box.y + box.height / 2)),
    };
  });
  const readers = readersIn(who, grid, placed.height);
  const onlyRead = readers.flatMap(({ name, y }): Unplaced[] => {
    if (named.some(({ user }) => user?.name === name)) return [];
    return [{ user: { id: -1, name, role: '' }, waitsFor: null, disabled: false, y }];
  });
  const drawn = [...named, ...onlyRead];
  const personHeight = Math.min(placed.height, height / Math.max(1, drawn.length) - 5);
  const personYs = spread(
    drawn.map(({ y }) => y),
    personHeight + 5,
    height,
  );
  const boxAt = (y: number) => centered(columns.person, y, personHeight);
  const people = drawn.map(({ y: _, ...person }, index): Person => ({ ...person, box: boxAt(personYs[index]!) }));
  const names = groups.flatMap((group, index) =>
    group.map(({ box, record }) => ({
      from: box,
      record,
      path: between({ x: right(box), y: box.y + box.height / 2 }, people[index]!.box),
      person: people[index]!,
    })),
  );
  const misled = readers.map(({ browser, box, y, name }) => {
    const person = people.find(({ user }) => user?.name === name)!;
    // What went along with the request that got the page is on the way to it.
    const sent = otherCookies.find(({ cookie, browser: holder }) => holder === browser && cookie.wentAlong);
    if (sent && browser.answer!.by === null) {
      const from = { x: right(sent.box), y: sent.box.y + sent.box.height / 2 };
      return { browser, path: `${sent.path} ${between(from, person.box)}` };
    }
    const from = { x: right(box), y: box.y + box.height - 8 };
    return { browser, path: past(from, { x: columns.record.x, y }, right(columns.record), person.box) };
  });

  // Whom the records that a browser began name, if all of them name one: a person who may be there only because of them.
  const beginner = beginnerIn(who);
  const { others } = placed;
  if (!beginner || !others) return { people, names, misled, begun: null };
  const user = beginner.begun?.user ?? null;
  const y = others.y + others.height / 2;
  const known = people.find((person) => person.user !== null && person.user.id === user?.id);
  const person = known ?? {
    user,
    waitsFor: null,
    disabled: isDisabled(user?.id),
    box: boxAt(clamp(y, personHeight / 2, height - personHeight / 2)),
  };
  const begun = { path: between({ x: right(others), y }, person.box), person };
  return { people: known ? people : [...people, person], names, misled, begun };
}

interface Placed {
  record: SessionRecord;
  box: Box;
}

/** The records and tokens that lead to one person each. A token that is at several browsers is there once for each. */
function groupByPerson(who: WhoIsWho, { records }: PlacedRecords, tokens: Picture['tokens']): Placed[][] {
  const live: Placed[] = [
    ...records.filter(({ record }) => isThere(record)).map(({ record, box }) => ({ record, box })),
    ...tokens.filter(({ cookie }) => cookie.broken === null).map(({ record, box }) => ({ record, box })),
  ];
  const personKey = personKeyIn(who.records);
  const ids = [...new Set(live.map(({ record }) => personKey(record)))];
  return ids.map((id) => live.filter(({ record }) => personKey(record) === id));
}

interface Reader {
  browser: Browser;
  box: Box;
  /** Where its line passes below the records of its row. */
  y: number;
  /** Whose page it got. */
  name: string;
}

function readersIn({ browsers }: WhoIsWho, { height, pitch, boxOf }: Grid, recordHeight: number): Reader[] {
  return browsers.filter(readsOthers).map((browser) => {
    const box = boxOf(browser);
    const y = Math.min(height - 4, box.y + box.height / 2 + Math.min(pitch / 2, recordHeight / 2 + 12));
    return { browser, box, y, name: browser.answer!.about! };
  });
}

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
