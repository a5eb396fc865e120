import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../scenarios/engine/faults.ts';
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
} from '../../../testing/panelTraces.ts';
import { stepStarted, traceOf } from '../../../testing/trace.ts';
import { namespace, sidA } from '../../../testing/traceBuilder.ts';
import { diagramModel, withDifference } from './model.ts';
import type { Row } from './row.ts';

const modelOf = (trace: Trace, position = trace.events.length) =>
  diagramModel(read(trace, position), trace.events, sessionIds(trace.events));

const labelText = ({ parts }: Row) => parts.map((part) => ('sid' in part ? part.sid.slice(0, 3) : part.text)).join(' ');
const rowsIn = (trace: Trace, step: number) => modelOf(trace).groups.find((group) => group.step === step)!.rows;

test('there is a lane for each actor, then Express, then Redis, and each person has a color', () => {
  const { lanes } = modelOf(crowd());
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
  expect(lanes.map(({ color }) => color)).toEqual([
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

describe('a login', () => {
  test('that keeps the id shows it at its Set-Cookie', () => {
    expect(rowsIn(fixation(false), 2).map(labelText)).toEqual([
      'POST /auth/login Cookie wME',
      'GET sess: wME → {…}',
      'SET sess: wME {…} EX 1800 → OK',
      '200 Set-Cookie wME = same ID',
    ]);
  });

  test('that makes a new id shows the deleted and the new record', () => {
    expect(rowsIn(fixation(true), 2).map(labelText)).toEqual([
      'POST /auth/login Cookie wME',
      'GET sess: wME → {…}',
      'DEL sess: wME → 1',
      'SET sess: Zk3 {…} EX 1800 → OK',
      '200 Set-Cookie Zk3 + new ID',
    ]);
  });

  test('is described in sentences for screen readers', () => {
    expect(rowsIn(fixation(false), 2).map(({ sentence }) => sentence)).toEqual([
      'Alice sends POST /auth/login to Express, with the cookie of session wME6p7',
      'Express sends GET sess:wME6p7 to Redis, which answers {…}',
      'Express sends SET sess:wME6p7 a JSON value EX 1800 to Redis, which answers OK',
      'Express answers Alice with 200 OK, which sets the cookie of session wME6p7, the same ID as before',
    ]);
  });
});

test('a planted cookie goes from the attacker to the victim, a copied one from the victim to the attacker', () => {
  const planted = modelOf(fixation(false)).groups[1]!.rows;
  expect(planted).toMatchObject([{ kind: 'arrow', line: 'handed', from: 0, to: 1, request: null }]);
  expect(planted.map(({ sentence }) => sentence)).toEqual([
    'Mallory puts the cookie sid into Alice’s browser, session wME6p7',
  ]);
  const copied = modelOf(leftAlone()).groups[1]!.rows;
  expect(copied).toMatchObject([{ kind: 'arrow', line: 'handed', from: 0, to: 1 }]);
  expect(copied[0]!.sentence).toBe('Mallory copies the cookie sid from Alice’s browser, session wME6p7');
});

test('a time jump is a band, and a record that expires in it is a mark on the lane of Redis', () => {
  expect(modelOf(leftAlone()).groups[2]!.rows).toMatchObject([
    { kind: 'band', tone: 'time', sentence: '31 min jumped' },
    { kind: 'mark', lane: 3, sign: '−', sentence: 'Key sess:wME6p7 expired' },
  ]);
});

test('manual actions and changes from outside between two steps are drawn between them, each once', () => {
  const between = modelOf(trouble()).groups[2]!;
  expect(between).toMatchObject({ step: null, title: 'Between steps', current: false });
  expect(between.rows.map(({ sentence }) => sentence)).toEqual([
    'Manual action: delete sess:wME6p7',
    '5 min jumped, manually',
    'Key user-sessions:1 deleted, from outside the sandbox',
  ]);
});

test('events before the first step and after the last step have groups of their own', () => {
  const trace = leftAlone();
  const lost = { type: 'store', status: 'lost', why: 'gone', step: null, at: 0 } as const;
  const events = [{ ...lost, seq: 0 }, ...trace.events, { ...lost, seq: 99 }];
  const { groups } = modelOf({ ...trace, events });
  expect([groups.at(0)!.title, groups.at(-1)!.title]).toEqual(['Before the first step', 'After the last step']);
  expect(groups.map(({ current }) => current)).toEqual([false, false, false, false, true, true]);
});

test('failures show their reason: Redis is lost, a command fails, a request gets no response', () => {
  const rows = modelOf(trouble()).groups[3]!.rows;
  expect(rows.map(labelText)).toEqual([
    'Redis cannot be reached: connect ECONNREFUSED 127.0.0.1:6379',
    'GET /me Cookie wME',
    'GET sess: wME ✕ Connection is closed',
    '✕ no answer within 2 s',
    'Redis is back',
  ]);
  expect(rows[3]).toMatchObject({ kind: 'arrow', line: 'broken', request: 3 });
});

test('what a crash of Redis has lost is drawn at the crash, although it is noticed during the next request', () => {
  const key = {
    type: 'key',
    key: `${namespace}sess:a`,
    change: 'deleted',
    value: null,
    expiresAt: null,
    sid: null,
  } as const;
  const sent = trouble().events.find(({ type }) => type === 'request')!;
  const trace = traceOf(
    stepStarted(0),
    { type: 'fault', fault: { is: 'crashed' } },
    { type: 'fault', fault: { is: 'started-empty' } },
    { ...sent },
    { ...key, cause: { by: 'outside' } },
    { ...key, key: `${namespace}sess:b`, cause: { by: 'outside' } },
  );
  expect(rowsIn(trace, 0).map(({ kind }) => kind)).toEqual(['band', 'band', 'mark', 'mark', 'arrow']);
});

test('a command that a request sends twice says so', () => {
  expect(
    rowsIn(trouble(), 0)
      .map(labelText)
      .filter((line) => line.startsWith('SET')),
  ).toEqual(['SET sess: wME {…} EX 1800 → OK', 'SET sess: wME {…} EX 1800 → OK again']);
});

test('only events before the position are drawn, and the title of the next step', () => {
  const trace = fixation(true);
  const started = trace.events.findIndex((event) => event.type === 'step-started' && event.step === 2);
  const model = modelOf(trace, started + 2);
  expect(model.groups.map(({ title, current }) => [title, current])).toEqual([
    ['Mallory puts a hat in a basket', false],
    ['Mallory plants the cookie in Alice’s browser', false],
    ['Alice logs in', true],
  ]);
  expect(model.groups[2]!.rows.map(labelText)).toEqual(['POST /auth/login Cookie wME']);
  expect(model.next).toEqual({ step: 3, title: 'Mallory opens the account page' });
});

test('before the first step there is only the next step, and after the last step there is no next one', () => {
  expect(modelOf(fixation(true), 0)).toMatchObject({ groups: [], next: { step: 0 } });
  expect(modelOf(leftAlone()).next).toBeNull();
});

describe('those who answer requests', () => {
  const trace = answered();
  const { lanes, groups } = modelOf(trace);

  test('have lanes: other sites, then the cache, then the instances of the app and further apps', () => {
    expect(lanes.map(({ label }) => label)).toEqual([
      'Alice',
      'evil.example',
      'Cache',
      'Process 1',
      'Process 2',
      'localhost:3001',
      'Redis',
    ]);
  });

  test('get the request, send the commands and answer', () => {
    const ends = groups[0]!.rows.map((row) => (row.kind === 'arrow' ? [row.from, row.to] : row.kind));
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
    expect(groups[0]!.rows[1]!.sentence).toMatch(/^Process 2 sends GET /);
  });

  test('have their lane even before their first response', () => {
    expect(modelOf(trace, 2).lanes).toEqual(lanes);
    expect(modelOf(trace, 2).groups[0]!.rows[0]).toMatchObject({ to: 4 });
  });
});

test('scripts, the Back button, mails, audit lines and changed jars are marks; restarts and faults are bands', () => {
  const rows = modelOf(around()).groups[0]!.rows.filter(({ kind }) => kind !== 'arrow');
  expect(rows.map((row) => (row.kind === 'mark' ? `${row.lane}${row.sign}` : row.kind))).toEqual([
    ...['0>', '0>', '1@', '1¶', '0←', '0~', '0−', 'band', 'band'],
  ]);
  expect(rows.map(({ sentence }) => sentence)).toEqual([
    'A script of https://shop.example in Alice’s browser reads document.cookie: nothing',
    'A script of https://shop.example in Alice’s browser sets document.cookie = theme=dark: it is a new cookie',
    'Mail to alice@shop.example: Welcome',
    'Audit log: session_created, user 1',
    'Alice: Back shows https://shop.example/me again, without a request',
    'Alice’s cookies: none, after all windows were closed',
    'Alice’s cookies: none, cleared by Clear-Site-Data',
    'The app is restarted: it signs with its new secret',
    'GET takes 300 ms longer to reach Redis',
  ]);
  // Mails and audit lines belong to the request that caused them.
  expect(rows.map(({ request }) => request)).toEqual([null, null, 1, 1, null, null, 1, null, null]);
});

test('what a process has in its memory is a mark on its lane, which is there before it answers', () => {
  const use = { type: 'memory', request: null, sid: sidA, expiresAt: null } as const;
  const trace = traceOf(
    stepStarted(0),
    { ...use, process: 'app', op: 'set', value: '{}' },
    { ...use, process: 'app', op: 'touch', value: '{}' },
    { ...use, process: 'app 2', op: 'get', value: null },
    { ...use, process: 'app', op: 'lost', value: null },
  );
  const { lanes, groups } = modelOf({ ...trace, header: { ...trace.header, processes: ['app', 'app 2'] } });
  expect(lanes.map(({ label }) => label)).toEqual(['Alice', 'Mallory', 'Process 1', 'Process 2', 'Redis']);
  expect(groups[0]!.rows.map((row) => [row.kind === 'mark' && `${row.lane}${row.sign}`, labelText(row)])).toEqual([
    ['2+', 'memory wME stored'],
    ['3?', 'memory wME not found'],
    ['2−', 'memory wME lost'],
  ]);
});

test('every arrow of an exchange has the id of its request', () => {
  const rows = modelOf(crowd()).groups.flatMap((group) => group.rows);
  expect(rows).toHaveLength(120);
  expect(new Set(rows.map(({ request }) => request)).size).toBe(30);
});

describe('the learner’s own browser', () => {
  test('has a lane from the start, so that no lane moves when it joins', () => {
    const labels = (position: number) => modelOf(joinedByLearner(), position).lanes.map(({ label }) => label);
    expect(labels(1)).toEqual(['Mallory', 'Alice', 'You', 'Express', 'Redis']);
    expect(labels(1)).toEqual(labels(joinedByLearner().events.length));
  });

  test('is drawn on its own lane, without its host, and with what it did to its cookies', () => {
    const { groups } = modelOf(joinedByLearner());
    const between = groups.find(({ step }) => step === null)!;
    expect(between.rows.map(labelText)).toEqual([
      'joins, with your own browser',
      'GET /me',
      'cookies changed in the browser',
      '401 Unauthorized',
      'cookies did not age: a real clock',
    ]);
    expect(between.rows.every((row) => row.kind === 'band' || !('lane' in row) || row.lane === 2)).toBe(true);
    expect(labelText(groups.at(-1)!.rows[0]!)).toBe('GET /');
  });
});

test('the label of the first difference ends with how it differs, and what there is no room for leaves before', () => {
  const model = modelOf(fixation(false));
  const [, , set] = rowsIn(fixation(false), 2);
  const lit = withDifference(model, set!.seq, 'EX 1800').groups.flatMap(({ rows }) => rows);
  expect(labelText(lit.find(({ seq }) => seq === set!.seq)!)).toBe('SET sess: wME EX 1800');
  expect(withDifference(model, set!.seq, null)).toBe(model);
});

test('after a crash, only the fault says that Redis is gone and back', () => {
  const store = (status: 'lost' | 'back') => ({ type: 'store', status, why: '' }) as const;
  const fault = (is: 'crashed' | 'started-empty') => ({ type: 'fault', fault: { is } }) as const;
  const crash = [fault('crashed'), store('lost'), fault('started-empty'), store('back')];
  expect(rowsIn(traceOf(stepStarted(0), ...crash), 0).map(({ kind, seq }) => [kind, seq])).toEqual([
    ['band', 1],
    ['band', 3],
  ]);
  expect(rowsIn(traceOf(stepStarted(0), store('lost'), store('back')), 0)).toHaveLength(2);
});

test('what a step holds back on purpose, and lets go, is neither trouble nor its end', () => {
  const fault = (fault: Fault) => ({ type: 'fault', fault }) as const;
  const tones = (...faults: Fault[]) =>
    rowsIn(traceOf(stepStarted(0), ...faults.map(fault)), 0).map((row) => 'tone' in row && row.tone);
  expect(tones({ is: 'held', command: 'set' }, { is: 'released' })).toEqual(['staged', 'staged']);
  expect(tones({ is: 'disconnected', command: null }, { is: 'connected-again' })).toEqual(['fault', 'back']);
});

test('what comes in a stream are arrows to the browser that has it open, and its end is a broken one', () => {
  const id = 1;
  const request = {
    id,
    type: 'request',
    actor: 'alice',
    method: 'GET',
    url: 'https://shop.example/account/events',
  } as const;
  const none = { headers: [], forwarded: [], body: null, note: null, cookies: [] };
  const head = { status: 200, statusText: 'OK', headers: [], body: '', ms: 1, by: 'app', cookies: [] };
  const event = { request: id, actor: 'alice' };
  const rows = rowsIn(
    traceOf(
      stepStarted(0),
      { ...request, ...none },
      { type: 'response', request: id, ...head },
      { type: 'stream-message', ...event, name: 'order_placed', data: '{}' },
      { type: 'stream-ended', ...event, how: 'ended', ms: 5 },
      { type: 'stream-ended', ...event, how: 'closed', ms: 5 },
    ),
    0,
  );
  const drawn = rows
    .slice(2)
    .map((row) => (row.kind === 'arrow' ? [labelText(row), row.line, row.from > row.to] : row));
  expect(drawn).toEqual([
    ['event order_placed', 'answered', true],
    ['− stream ended', 'broken', true],
    ['− stream closed', 'broken', false],
  ]);
});
