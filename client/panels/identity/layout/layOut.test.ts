import { describe, expect, test } from 'vitest';
import type { SessionCookie } from '../../../../scenarios/engine/sessionCookies.ts';
import type { SessionRecord } from '../../../../scenarios/engine/sessionRecord.ts';
import type { Browser, WhoIsWho } from '../../../../scenarios/engine/whoIsWho.ts';
import type { Box } from './geometry.ts';
import { spread } from './geometry.ts';
import { heightFor } from './grid.ts';
import { layOut } from './layOut.ts';

const cookie = (sid: string, broken: SessionCookie['broken'] = null): SessionCookie => ({
  sid,
  token: null,
  mark: null,
  change: null,
  broken,
  handMade: false,
  notKept: false,
  keptFrom: null,
  sentFor: null,
  attributes: [],
});

const browser = (name: string, ...cookies: SessionCookie[]): Browser => ({
  actor: { name, label: name, role: 'person' },
  owner: name,
  cookies,
  tokens: [],
  otherCookies: [],
  means: null,
  meant: null,
  tooOld: false,
  answer: null,
  unanswered: false,
  givenAway: null,
  hindrance: null,
  streams: { open: 0, heard: 0 },
  begun: null,
});

const record = (sid: string, name: string | null, state: SessionRecord['state'] = 'live'): SessionRecord => ({
  kind: 'session',
  sid,
  process: null,
  state,
  mark: null,
  expiresAt: 1000,
  user: name === null ? null : { id: 1, name, role: 'customer' },
  before: null,
  waitsFor: null,
});

const who = (browsers: Browser[], records: SessionRecord[], otherRecords = 0): WhoIsWho => ({
  browsers,
  records,
  otherRecords,
  keptRecords: 0,
  link: null,
  copies: [],
  pages: [],
  deliveries: [],
  disabled: [],
  remembered: false,
  furtherCookies: 0,
});

const token = (series: string, text: string): SessionCookie => ({ ...cookie(series), token: text });

const remembering = (series: string, name: string): SessionRecord => ({
  ...record(series, name),
  kind: 'remember',
  user: { id: 1, name, role: '' },
});

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height - 0.01 &&
  other.y < one.y + one.height - 0.01;

function expectToFit(state: WhoIsWho, width: number): void {
  const picture = layOut(state, width);
  const { browsers, copies, records, people, others, lines, otherCookies } = picture;
  const boxes = [
    ...[...browsers, ...copies, ...records, ...people].map(({ box }) => box),
    ...lines.map(({ chip }) => chip),
    ...otherCookies.map(({ box }) => box),
    ...(others ? [others] : []),
  ];
  for (const [index, box] of boxes.entries()) {
    expect(box.height).toBeGreaterThan(14);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
    expect(box.y).toBeGreaterThanOrEqual(-0.01);
    expect(box.y + box.height).toBeLessThanOrEqual(picture.height + 0.01);
    for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
  }
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

describe.each([358, 476, 620, 900])('at %i px, nothing overlaps and nothing leaves the picture:', (width) => {
  test('two people who hold a cookie and a remember token each', () => {
    const browsers = ['a', 'b'].map((name) => ({ ...browser(name, cookie(name)), tokens: [token('series', name)] }));
    const records = [record('a', 'Alice'), record('b', 'Alice'), remembering('series', 'Alice')];
    const state = { ...who(browsers, records), remembered: true };
    expectToFit(state, width);
    expect(layOut(state, width).people).toHaveLength(1);
  });

  test('two people who hold a session cookie and a further one each, and one of them two', () => {
    const further = { name: 'csrf', value: 'v', mark: null, wentAlong: false };
    const [a, b] = ['a', 'b'].map((name) => ({ ...browser(name, cookie(name)), otherCookies: [further] }));
    const state = who([{ ...a!, otherCookies: [further, further] }, b!], [record('a', 'Alice'), record('b', 'Bob')]);
    const picture = layOut({ ...state, furtherCookies: 1 }, width);
    expectToFit({ ...state, furtherCookies: 1 }, width);
    expect(picture.otherCookies).toHaveLength(3);
    // They take no line of their own from a session cookie.
    expect(picture.lines).toHaveLength(2);
  });

  test('a copy of a cookie at another site', () => {
    const copy = { host: 'support.example', within: 'body', from: 'a', cookie: cookie('a') } as const;
    const state = { ...who([browser('a', cookie('a')), browser('b')], [record('a', 'Alice')]), copies: [copy] };
    expectToFit(state, width);
    expect(layOut(state, width).lines.at(-1)).toMatchObject({ browser: null, branches: [{ end: null }] });
  });

  test.each([1, 2, 3, 6])('%i people with a record each', (count) => {
    const people = names.slice(0, count);
    expectToFit(
      who(
        people.map((name) => browser(name, cookie(name))),
        people.map((name) => record(name, name)),
      ),
      width,
    );
  });

  test('six people, two of whom have two cookies, and fifty records', () => {
    const browsers = names.map((name, index) =>
      index < 2 ? browser(name, cookie(name), cookie(`${name}2`)) : browser(name, cookie(name)),
    );
    const sids = browsers.flatMap(({ cookies }) => cookies.flatMap(({ sid }) => sid ?? []));
    expectToFit(
      who(
        browsers,
        sids.map((sid) => record(sid, sid)),
        50,
      ),
      width,
    );
  });

  test('two people with two cookies, of which each of two processes has a record or none', () => {
    const people = names.slice(0, 2);
    const inProcess = (process: string) => people.map((name) => ({ ...record(name, name, 'lost'), process }));
    expectToFit(
      who(
        people.map((name) => browser(name, cookie(name))),
        [...inProcess('process 1'), ...inProcess('process 2')],
      ),
      width,
    );
  });

  test('nobody with anything', () => expectToFit(who([browser('a'), browser('b')], []), width));
});

test('the height depends on the number of people alone', () => {
  const one = layOut(who([browser('a', cookie('1')), browser('b')], [record('1', null)]), 620);
  const other = layOut(who([browser('a'), browser('b')], [], 50), 620);
  expect(one.height).toBe(other.height);
  expect(one.height).toBe(heightFor(2));
});

test('a phone has the height for two lines in each box of three people who hold two cookies', () => {
  const people = names.slice(0, 3).map((name) => browser(name, cookie(name), ...(name === 'b' ? [cookie('b2')] : [])));
  const records = people.flatMap(({ cookies }) => cookies.map(({ sid }) => record(sid!, sid)));
  const { records: boxes, lines } = layOut(who(people, records), 358, true);
  expect(Math.min(...boxes.map(({ box }) => box.height))).toBeGreaterThanOrEqual(36);
  expect(lines.some(({ tight }) => tight)).toBe(false);
});

describe('a line', () => {
  const lineOf = (state: WhoIsWho) => layOut(state, 620).lines[0]!;
  const branchOf = (state: WhoIsWho) => lineOf(state).branches[0]!;

  test('reaches the record that the cookie names', () => {
    const { path, end } = branchOf(who([browser('a', cookie('1'))], [record('1', 'a')]));
    expect(path).not.toBe('');
    expect(end).toBeNull();
  });

  test('of two browsers with one cookie meet in one record, and in one person', () => {
    const { lines, records, people } = layOut(
      who([browser('a', cookie('1')), browser('b', cookie('1'))], [record('1', 'a')]),
      620,
    );
    const ends = lines.map(({ branches }) => branches[0]!.path.split(' ').slice(-2).join(' '));
    expect(new Set(ends).size).toBe(1);
    expect([records.length, people.length]).toEqual([1, 1]);
  });

  test('breaks before a record that is gone, and names nobody', () => {
    const state = who([browser('a', cookie('1'))], [record('1', null, 'deleted')]);
    const { end } = branchOf(state);
    expect(end!.x).toBeLessThan(layOut(state, 620).records[0]!.box.x);
    expect(layOut(state, 620).people).toEqual([]);
  });

  test('breaks at a cookie that is not sent', () => {
    const state = who([browser('a', cookie('1', { how: 'not-sent', why: '' }))], [record('1', 'a')]);
    const { chip, branches } = lineOf(state);
    expect(branches[0]!.end!.x - (chip.x + chip.width)).toBeLessThan(20);
  });

  test('without a cookie there is none', () => {
    expect(lineOf(who([browser('a')], [])).branches).toEqual([]);
  });

  test('has a branch to each process that has a memory of its own, and breaks before the one that has no record', () => {
    const records = [
      { ...record('1', 'a'), process: 'process 1' },
      { ...record('1', null, 'none'), process: 'process 2' },
    ];
    const { branches } = lineOf(who([browser('a', cookie('1'))], records));
    expect(branches.map(({ end, record }) => [record!.process, end === null])).toEqual([
      ['process 1', true],
      ['process 2', false],
    ]);
  });
});

describe('places', () => {
  test('stay where they are wanted when there is room', () => expect(spread([20, 80], 30, 100)).toEqual([20, 80]));
  test('move apart, in their order', () => expect(spread([50, 50, 50], 30, 100)).toEqual([25, 55, 85]));
  test('stay within the height', () => expect(spread([90, 95], 40, 100)).toEqual([40, 80]));
});

test('a token stands at each browser that holds it, and at no place on the server', () => {
  const state = who([browser('Alice', cookie('t')), browser('Mallory', cookie('t'))], [record('t', 'Alice', 'token')]);
  const { tokens, records, people, names } = layOut(state, 600);
  expect(records).toEqual([]);
  expect(tokens.map(({ record: { sid } }) => sid)).toEqual(['t', 't']);
  expect(people.map(({ user }) => user?.name)).toEqual(['Alice']);
  expect(names.map(({ from }) => from)).toEqual(tokens.map(({ box }) => box));
});

test('the line of a page that made a browser ask joins that of the cookie which went along', () => {
  const page = { host: 'evil.example', from: 'Alice', what: 'POST /orders', status: 201, reads: null };
  const sentFor = { page: 'evil.example', status: 201, error: '', read: null, request: 'GET /me' };
  const pagesWith = (held: SessionCookie) =>
    layOut({ ...who([browser('Alice', held)], [record('a', 'Alice')]), pages: [page] }, 600).pages;
  expect(pagesWith({ ...cookie('a'), sentFor })[0]!.joins).not.toBe(null);
  expect(pagesWith(cookie('a', { how: 'not-sent', why: 'it has SameSite=Lax' }))[0]!.joins).toBe(null);
});

test.each([
  ['the record’s column is free', [record('a', 'Alice')], true],
  ['records stand in its way', ['a', 'b', 'c', 'd'].map((sid) => record(sid, 'Alice')), false],
])('what another site knows of an account leads to its user, and where %s it has that room', (_, records, isWide) => {
  const delivery = { host: 'evil.example', from: 'Alice', byUser: false };
  const learned = { ...delivery, account: { id: 1, email: 'alice@shop.example' } };
  const none = { ...delivery, host: 'other.example', account: null };
  const state = { ...who([browser('Alice', cookie('a'))], records), deliveries: [learned, none] };
  const picture = layOut(state, 364);
  const [first, second] = picture.deliveries;
  expect(first!.data!.paths).toHaveLength(2);
  expect(second!.data).toBe(null);
  const boxes = [...picture.browsers, ...picture.records, ...picture.people].map(({ box }) => box);
  for (const box of boxes) {
    for (const own of [first!.box, second!.box, first!.data!.box]) expect(overlap(box, own)).toBe(false);
  }
  expect(first!.data!.box.width > 100).toBe(isWide);
});

describe('who got a page of somebody whom their own session does not name', () => {
  const answer = { status: 200, answered: 1, refused: 0, by: null, refusedBefore: false, about: 'Alice', error: '' };
  const mallory: Browser = {
    ...browser('Mallory', cookie('m')),
    means: { id: 2, name: 'Mallory', role: 'customer' },
    answer,
  };

  test('is led to that person, who stands there for it', () => {
    const { people, misled } = layOut(who([mallory], [record('m', 'Mallory')]), 600);
    expect(people.map(({ user }) => user?.name)).toEqual(['Mallory', 'Alice']);
    expect(misled.map(({ browser: { actor } }) => actor.name)).toEqual(['Mallory']);
    expect(misled[0]!.path).toMatch(endAt(people[1]!.box));
    expectToFit(who([mallory], [record('m', 'Mallory')]), 600);
  });

  test('is led to the person whom the session of somebody else names', () => {
    const state = who([browser('Alice', cookie('a')), mallory], [record('a', 'Alice'), record('m', 'Mallory')]);
    const { people, misled } = layOut(state, 600);
    expect(people.map(({ user }) => user?.name)).toEqual(['Alice', 'Mallory']);
    expect(misled[0]!.path).toMatch(endAt(people[0]!.box));
  });

  test('is led there through the further cookie that went along', () => {
    const userId = { name: 'userId', value: '1', mark: null, wentAlong: true };
    const holding = { ...mallory, otherCookies: [userId] };
    const state = { ...who([holding], [record('m', 'Mallory')]), furtherCookies: 1 };
    const { otherCookies, people, misled } = layOut(state, 600);
    expect(misled[0]!.path.startsWith(otherCookies[0]!.path)).toBe(true);
    expect(misled[0]!.path).toMatch(endAt(people[1]!.box));
    const kept = { ...mallory, otherCookies: [{ ...userId, wentAlong: false }] };
    const other = layOut({ ...state, browsers: [kept] }, 600);
    expect(other.misled[0]!.path.startsWith(other.otherCookies[0]!.path)).toBe(false);
  });

  test('is nobody where the session names the one whose page it is', () => {
    const own = { ...mallory, answer: { ...answer, about: 'Mallory' } };
    expect(layOut(who([own], [record('m', 'Mallory')]), 600).misled).toEqual([]);
  });

  const endAt = ({ x, y, height }: Box) => new RegExp(` ${x} ${y + height / 2}$`);
});

test('the records that a browser began are on its line, and lead to whom they name', () => {
  const alice = { id: 1, name: 'Alice', role: 'customer' };
  const mallory = { ...browser('Mallory'), begun: { records: 5, added: 5, user: alice } };
  const { lines, others, begun } = layOut(who([browser('Bob'), mallory], [], 5), 600);
  const line = lines.find((one) => one.browser === mallory)!;
  expect(line.branches).toHaveLength(1);
  expect(others!.y + others!.height / 2).toBeCloseTo(line.chip.y + line.chip.height / 2);
  expect(begun!.person.user).toEqual(alice);
});
