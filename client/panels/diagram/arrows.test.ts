import { describe, expect, test } from 'vitest';
import { sessionIds } from '../../../scenarios/engine/identity.ts';
import { read } from '../../../scenarios/engine/read.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import {
  answered,
  around,
  crowd,
  fixation,
  joinedByLearner,
  leftAlone,
  trouble,
} from '../../../testing/diagramTrace.ts';
import { tellStory } from './arrows.ts';
import type { Item } from './items.ts';

const storyOf = (trace: Trace, position = trace.events.length) =>
  tellStory(read(trace, position), trace.events, sessionIds(trace.events));

const written = ({ parts }: Item) => parts.map((part) => ('sid' in part ? part.sid.slice(0, 3) : part.say)).join(' ');
const writtenIn = (trace: Trace, step: number) =>
  storyOf(trace)
    .groups.find((group) => group.step === step)!
    .items.map(written);
const sentencesIn = (trace: Trace, step: number) =>
  storyOf(trace)
    .groups.find((group) => group.step === step)!
    .items.map(({ sentence }) => sentence);

test('There is a lane for each actor, then Express, then Redis, and people have colours of their own.', () => {
  const { lanes } = storyOf(crowd());
  expect(lanes.map(({ label }) => label)).toEqual([
    'Mallory',
    'Alice',
    'Alice’s phone',
    'Bob',
    'Bob’s tablet',
    'Admin',
    'Express',
    'Redis',
  ]);
  expect(lanes.map(({ tone }) => tone)).toEqual([
    'attacker',
    'victim',
    'person-1',
    'person-2',
    'person-3',
    'admin',
    '',
    '',
  ]);
});

describe('A login', () => {
  test('that keeps the id says so at its Set-Cookie.', () => {
    expect(writtenIn(fixation(false), 2)).toEqual([
      'POST /auth/login Cookie wME',
      'GET sess: wME → {…}',
      'SET sess: wME {…} EX 1800 → OK',
      '200 Set-Cookie wME = same id',
    ]);
  });

  test('that makes a new id shows the old record deleted and the new one stored.', () => {
    expect(writtenIn(fixation(true), 2)).toEqual([
      'POST /auth/login Cookie wME',
      'GET sess: wME → {…}',
      'DEL sess: wME → 1',
      'SET sess: Zk3 {…} EX 1800 → OK',
      '200 Set-Cookie Zk3 + new id',
    ]);
  });

  test('is told in sentences to those who do not see it.', () => {
    expect(sentencesIn(fixation(false), 2)).toEqual([
      'Alice sends POST /auth/login to Express, with the cookie of session wME6p7',
      'Express sends GET sess:wME6p7 to Redis, which answers {…}',
      'Express sends SET sess:wME6p7 a JSON value EX 1800 to Redis, which answers OK',
      'Express answers Alice with 200 OK, which sets the cookie of session wME6p7, the same id as before',
    ]);
  });
});

test('A planted cookie goes from who plants it to the victim, a copied one from the victim to who copies it.', () => {
  const planted = storyOf(fixation(false)).groups[1]!.items;
  expect(planted).toMatchObject([{ kind: 'arrow', line: 'handed', from: 0, to: 1, request: null }]);
  expect(planted.map(({ sentence }) => sentence)).toEqual([
    'Mallory plants the cookie sid of session wME6p7 in Alice’s browser',
  ]);
  const copied = storyOf(leftAlone()).groups[1]!.items;
  expect(copied).toMatchObject([{ kind: 'arrow', line: 'handed', from: 0, to: 1 }]);
  expect(copied[0]!.sentence).toBe('Mallory copies the cookie sid of session wME6p7 from Alice’s browser');
});

test('Jumped time is a band, and the record that expires in it a mark on the Redis lane.', () => {
  expect(storyOf(leftAlone()).groups[2]!.items).toMatchObject([
    { kind: 'band', tone: 'time', sentence: '31 min jumped' },
    { kind: 'mark', lane: 3, sign: '−', sentence: 'sess:wME6p7 expires in Redis' },
  ]);
});

test('What is done by hand or from outside between two steps stands between their bands, each thing once.', () => {
  const between = storyOf(trouble()).groups[2]!;
  expect(between).toMatchObject({ step: null, title: 'Between steps', current: false });
  expect(between.items.map(({ sentence }) => sentence)).toEqual([
    'sess:wME6p7 is deleted in Redis by hand',
    '5 min jumped by hand',
    'user-sessions:1: deleted in Redis from outside',
  ]);
});

test('What happens by itself before the first step and after the last one is told as that.', () => {
  const trace = leftAlone();
  const lost = { type: 'store', status: 'lost', why: 'gone', step: null, at: 0 } as const;
  const events = [{ ...lost, seq: 0 }, ...trace.events, { ...lost, seq: 99 }];
  const { groups } = storyOf({ ...trace, events });
  expect([groups.at(0)!.title, groups.at(-1)!.title]).toEqual(['Before the first step', 'After the last step']);
  expect(groups.map(({ current }) => current)).toEqual([false, false, false, false, true, true]);
});

test('What fails is told as it failed: Redis away, a command with its error, a request without an answer.', () => {
  const items = storyOf(trouble()).groups[3]!.items;
  expect(items.map(written)).toEqual([
    'Redis cannot be reached: connect ECONNREFUSED 127.0.0.1:6379',
    'GET /me Cookie wME',
    'GET sess: wME ✕ Connection is closed.',
    '✕ failed no answer within 2 s',
    'Redis is back',
  ]);
  expect(items[3]).toMatchObject({ kind: 'arrow', line: 'broken', request: 3 });
});

test('The same command sent a second time for one request says so.', () => {
  expect(writtenIn(trouble(), 0).filter((line) => line.startsWith('SET'))).toEqual([
    'SET sess: wME {…} EX 1800 → OK',
    'SET sess: wME {…} EX 1800 → OK again',
  ]);
});

test('Only what had happened at the position is told, with the step after it by its title alone.', () => {
  const trace = fixation(true);
  const started = trace.events.findIndex((event) => event.type === 'step-started' && event.step === 2);
  const story = storyOf(trace, started + 2);
  expect(story.groups.map(({ title, current }) => [title, current])).toEqual([
    ['Mallory puts a hat in a basket', false],
    ['Mallory plants the cookie in Alice’s browser', false],
    ['Alice logs in', true],
  ]);
  expect(story.groups[2]!.items.map(written)).toEqual(['POST /auth/login Cookie wME']);
  expect(story.next).toEqual({ step: 3, title: 'Mallory opens the account page' });
});

test('Before anything happened there is only what comes next; after the last step nothing comes.', () => {
  expect(storyOf(fixation(true), 0)).toMatchObject({ groups: [], next: { step: 0 } });
  expect(storyOf(leftAlone()).next).toBeNull();
});

describe('Who answers', () => {
  const trace = answered();
  const { lanes, groups } = storyOf(trace);

  test('has a lane where it is not the one app: other sites, then the cache, then the instances and further apps.', () => {
    expect(lanes.map(({ label }) => label)).toEqual([
      'Alice',
      'evil.example',
      'Cache',
      'Express',
      'Express 2',
      'localhost:3001',
      'Redis',
    ]);
  });

  test('gets the request, sends the commands and answers.', () => {
    const ends = groups[0]!.items.map((item) => (item.kind === 'arrow' ? [item.from, item.to] : item.kind));
    const [alice, evil, cache, second, redis] = [0, 1, 2, 4, 6];
    expect(ends.slice(0, 7)).toEqual([
      [alice, second],
      [second, redis],
      [second, alice],
      [alice, cache],
      [cache, alice],
      [alice, evil],
      [evil, alice],
    ]);
    expect(groups[0]!.items[1]!.sentence).toMatch(/^Express 2 sends GET /);
  });

  test('has its lane already before it has answered for the first time.', () => {
    expect(storyOf(trace, 2).lanes).toEqual(lanes);
    expect(storyOf(trace, 2).groups[0]!.items[0]).toMatchObject({ to: 4 });
  });
});

test('Scripts, the Back button, mails, audit lines and changed jars are marks; restarts and faults are bands.', () => {
  const items = storyOf(around()).groups[0]!.items.filter(({ kind }) => kind !== 'arrow');
  expect(items.map((item) => (item.kind === 'mark' ? `${item.lane}${item.sign}` : item.kind))).toEqual([
    ...['0>', '0>', '1@', '1¶', '0←', '0~', '0−', 'band', 'band'],
  ]);
  expect(items.map(({ sentence }) => sentence)).toEqual([
    'A script of https://shop.example in Alice’s browser reads document.cookie: nothing',
    'A script of https://shop.example in Alice’s browser sets document.cookie = theme=dark: it is a new cookie',
    'Express mails alice@shop.example: Welcome',
    'Express writes session_created for user 1 to the audit log',
    'Alice: Back shows https://shop.example/me again, without a request',
    'Alice’s cookies: none, after all windows were closed',
    'Alice’s cookies: none, cleared by Clear-Site-Data',
    'The app is restarted: it signs with its new secret',
    'GET takes 300 ms longer to reach Redis',
  ]);
  // A mail and an audit line lead to the request that caused them.
  expect(items.map(({ request }) => request)).toEqual([null, null, 1, 1, null, null, 1, null, null]);
});

test('Every arrow of an exchange carries the id of its request.', () => {
  const items = storyOf(crowd()).groups.flatMap((group) => group.items);
  expect(items).toHaveLength(120);
  expect(new Set(items.map(({ request }) => request)).size).toBe(30);
});

describe('The learner’s own browser', () => {
  test('has a lane from the beginning, so that none moves when it joins.', () => {
    const labels = (position: number) => storyOf(joinedByLearner(), position).lanes.map(({ label }) => label);
    expect(labels(1)).toEqual(['Mallory', 'Alice', 'You', 'Express', 'Redis']);
    expect(labels(1)).toEqual(labels(joinedByLearner().events.length));
  });

  test('joins, asks without its host, and has cookies only itself can see.', () => {
    const { groups } = storyOf(joinedByLearner());
    const between = groups.find(({ step }) => step === null)!;
    expect(between.items.map(written)).toEqual([
      'joins, with your own browser',
      'GET /me',
      'cookies changed in the browser',
      '401 Unauthorized',
      'cookies did not age: a real clock',
    ]);
    expect(between.items.every((item) => item.kind === 'band' || !('lane' in item) || item.lane === 2)).toBe(true);
    expect(written(groups.at(-1)!.items[0]!)).toBe('GET /');
  });
});
