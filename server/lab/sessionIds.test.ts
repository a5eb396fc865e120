import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import { parseSignedValue } from '../../scenarios/engine/identity.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { EventOf, TraceEvent } from '../../scenarios/engine/trace.ts';
import localhostPorts from '../../scenarios/localhost-ports.ts';
import sharedRedisPrefix from '../../scenarios/shared-redis-prefix.ts';
import { endSandboxes, lessonOf, logIn, openSandbox } from '../../testing/lesson.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { cookieName } from '../app/session.ts';
import type { NewEvent } from './recorder.ts';
import { createSidFinder, type WithoutSids } from './sessionIds.ts';

const namespace = 'sandbox:1:';
const finder = createSidFinder(namespace);
finder.learn([
  { cookie: '__Host-sid', keyPrefix: 'sess:' },
  { cookie: 'blog.sid', keyPrefix: 'sess:blog:' },
  { cookie: 'memory.sid', keyPrefix: undefined },
]);
const found = (event: NewEvent) => finder.withSids(event as WithoutSids<TraceEvent>);

test.each([
  ['sess:abc', 'abc'],
  ['sess:a:b', 'a:b'],
  // The longest prefix decides.
  ['sess:blog:abc', 'abc'],
  ['sess:', null],
  ['user:1:sessions', null],
  ['obsess:abc', null],
  ['', null],
])('the key "%s" belongs to session %s', (name, sid) => {
  const change = { change: 'deleted', value: null, expiresAt: null, cause: { by: 'time' } } as const;
  expect(found({ type: 'key', key: namespace + name, ...change })).toMatchObject({ sid });
});

test('a command is about the first session record among its keys', () => {
  const command = (args: string[]) =>
    found({ type: 'command', id: 1, request: 1, name: 'del', args, reply: '(integer) 1', error: null, ms: 1 });
  expect(command([`${namespace}user:1:sessions`, `${namespace}sess:a`, `${namespace}sess:b`])).toMatchObject({
    sid: 'a',
  });
  // A value that looks like a key is not one: keys have the namespace.
  expect(command([`${namespace}greeting`, 'sess:a'])).toMatchObject({ sid: null });
});

describe('a cookie', () => {
  const moved = (name: string, value: string) =>
    found({ type: 'cookie-planted', actor: 'mallory', victim: 'alice', name, value });

  test.each([
    ['of the app', '__Host-sid', 's%3Aabc.x%2FY', 'abc'],
    ['of a further app', 'blog.sid', 's%3Aabc.xY', 'abc'],
    ['of an app that keeps its records in memory', 'memory.sid', 's:abc.xY', 'abc'],
    ['with a forged signature', '__Host-sid', 's%3Aabc.forged', 'abc'],
    ['that is not signed', '__Host-sid', 'abc', null],
    ['that has been cleared', '__Host-sid', '', null],
    ['that is no session cookie, though it is signed', 'cart', 's%3Aabc.xY', null],
    // {"alg":"HS256"} and {"sub":"1"}
    ['that is a signed token, whatever its name', 'token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.xY', 'xY'],
  ])('%s', (_, name, value, sid) => {
    expect(moved(name, value)).toMatchObject({ sid });
  });
});

describe('a request', () => {
  const base = { type: 'request', id: 1, actor: 'alice', method: 'GET', url: 'https://shop.example/' } as const;
  const request = (header: string | null) =>
    found({
      ...{ ...base, forwarded: [], body: null, note: null },
      headers: header === null ? [] : [['Cookie', header]],
      cookies: [
        { name: '__Host-sid', value: 's%3Aa.x', sent: true, why: '' },
        { name: 'theme', value: 'dark', sent: false, why: '' },
      ],
    });

  test('is about the session that its Cookie header names first', () => {
    expect(request('theme=dark; __Host-sid=s%3Aa.x%3D; __Host-sid=s%3Ab.x')).toMatchObject({ sid: 'a' });
    expect(request('theme=dark')).toMatchObject({ sid: null });
    expect(request(null)).toMatchObject({ sid: null });
  });

  test('has the session of each cookie in the jar, sent or not', () => {
    expect(request(null)).toMatchObject({ cookies: [{ sid: 'a' }, { sid: null }] });
  });
});

test('a response is about the session that it sets first, also when the browser refuses the cookie', () => {
  const set = '__Host-sid=s%3Aa.x%3D; Path=/; HttpOnly';
  const clear = '__Host-sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  const response = (...headers: string[]) =>
    found({
      ...{ type: 'response', request: 1, status: 200, statusText: 'OK', body: '', ms: 1, by: 'app' },
      headers: headers.map((header): [string, string] => ['Set-Cookie', header]),
      cookies: headers.map((header) => ({ header, name: '__Host-sid', outcome: 'refused' as const, why: '' })),
    });
  expect(response(clear, set)).toMatchObject({ sid: 'a', cookies: [{ sid: null }, { sid: 'a' }] });
  expect(response(clear)).toMatchObject({ sid: null });
  expect(response()).toMatchObject({ sid: null, cookies: [] });
});

describe('a manual action', () => {
  const which = { actor: 'alice', name: '__Host-sid', domain: 'shop.example', path: '/' };

  test.each<[ManualAction, string | null]>([
    [{ do: 'delete-key', key: `${namespace}sess:a` }, 'a'],
    [{ do: 'set-key', key: `${namespace}user:1:sessions`, value: '' }, null],
    [{ do: 'expire-key', key: `${namespace}sess:a`, ms: 1 }, 'a'],
    [{ do: 'redis', line: 'DEL none "sess:a" sess:b' }, 'a'],
    [{ do: 'redis', line: `GET ${namespace}sess:a` }, 'a'],
    [{ do: 'redis', line: 'KEYS sess:*' }, null],
    [{ do: 'redis', line: 'KEYS *' }, null],
    [{ do: 'edit-cookie', ...which, value: 's%3Aa.x' }, 'a'],
    [{ do: 'edit-cookie', ...which, value: 'plain' }, null],
    [{ do: 'delete-cookie', ...which }, null],
    [{ do: 'jump-time', ms: 1 }, null],
  ])('%j is about session %s', (action, sid) => {
    expect(found({ type: 'manual-action', action })).toMatchObject({ sid });
  });
});

describe('in the trace of a sandbox', () => {
  let stores: TestRedis;
  beforeAll(async () => {
    stores = await openTestRedis('mock');
  });
  afterEach(endSandboxes);
  afterAll(() => stores.close());

  async function play(scenario: Scenario) {
    const sandbox = await openSandbox(stores.redisSwitch, { scenario });
    await sandbox.playTo(scenario.steps.length);
    const { trace } = sandbox;
    const all = <Type extends TraceEvent['type']>(type: Type) =>
      trace.events.filter((event): event is EventOf<Type> => event.type === type);
    return { sandbox, all, namespace: trace.header.namespace };
  }

  test('records of an app with another key prefix are those of a session', async () => {
    const { all, namespace } = await play(sharedRedisPrefix);
    const ofBlog = (key: string) => key.startsWith(`${namespace}blog:sess:`);
    const records = all('key').filter(({ key }) => ofBlog(key));
    expect(records.length).toBeGreaterThan(0);
    for (const { key, sid } of records) expect(key).toBe(`${namespace}blog:sess:${sid}`);
    const commands = all('command').filter(({ args }) => ofBlog(args[0] ?? ''));
    expect(commands.length).toBeGreaterThan(0);
    for (const { args, sid } of commands) expect(args[0]).toBe(`${namespace}blog:sess:${sid}`);
  });

  test('cookies of apps with other cookie names are those of a session', async () => {
    const { all } = await play(localhostPorts);
    const cookies = all('jar').flatMap((event) =>
      event.cookies.filter(({ name }) => /^(hats|rabbits)\.sid$/.test(name)),
    );
    expect(new Set(cookies.map(({ name }) => name))).toEqual(new Set(['hats.sid', 'rabbits.sid']));
    for (const { value, sid } of cookies) expect(sid).toBe(parseSignedValue(value)!.sid);
  });

  test('a login is about its session in request, command, key, response and jar', async () => {
    const { all } = await play(lessonOf(logIn));
    const { sid } = all('key').find(({ sid }) => sid !== null)!;
    expect(all('request')[0]).toMatchObject({ sid: null });
    expect(all('response')[0]).toMatchObject({ sid });
    expect(all('command').map((event) => event.sid)).toContain(sid);
    expect(
      all('jar')
        .at(-1)!
        .cookies.find(({ name }) => name === cookieName),
    ).toMatchObject({ sid });
  });

  test('so are a record written in the console and a cookie that was edited', async () => {
    const { sandbox, all } = await play(lessonOf(logIn));
    await sandbox.act({ do: 'redis', line: 'SET sess:mine "{}"' });
    expect([all('manual-action').at(-1)?.sid, all('key').at(-1)?.sid]).toEqual(['mine', 'mine']);
    const which = { actor: 'alice', name: cookieName, domain: 'shop.example', path: '/' };
    await sandbox.act({ do: 'edit-cookie', ...which, value: 's%3Amine.forged' });
    expect(all('manual-action').at(-1)).toMatchObject({ sid: 'mine' });
    expect(
      all('jar')
        .at(-1)!
        .cookies.map(({ sid }) => sid),
    ).toContain('mine');
  });
});
