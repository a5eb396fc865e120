import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import {
  alice,
  closeApps,
  openApp,
  sessionCookieMatchers,
  type TestApp,
  type TestRequest,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

expect.extend(sessionCookieMatchers);

let mock: MockRedis;
let redis: Redis;
let app: TestApp;

beforeEach(async () => {
  mock = createMockRedis();
  redis = await mock.connect('');
  app = await openApp(redis);
});
afterEach(async () => {
  await closeApps();
  await mock.close();
});

const deep = `{"email":${'['.repeat(5000)}${']'.repeat(5000)}}`;

const bad: [what: string, message: TestRequest, status: number][] = [
  ['no body', {}, 400],
  ['broken JSON', { body: '{"email":' }, 400],
  ['JSON that is not an object', { body: '"alice"' }, 400],
  ['null', { body: 'null' }, 400],
  ['an array', { body: [alice] }, 400],
  ['an empty object', { body: {} }, 400],
  ['a missing password', { body: { email: alice.email } }, 400],
  ['a missing e-mail', { body: { password: alice.password } }, 400],
  ['a password that is a number', { body: { ...alice, password: 7 } }, 400],
  ['a password that is an array', { body: { ...alice, password: [alice.password] } }, 400],
  ['an e-mail that is an object', { body: { ...alice, email: { $ne: null } } }, 400],
  ['null for a string', { body: { email: null, password: null } }, 400],
  ['deeply nested arrays', { body: deep }, 400],
  ['both fields, but only in __proto__', { body: `{"__proto__":${JSON.stringify(alice)}}` }, 400],
  ['a form', { body: 'email=a&password=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 400],
  ['plain text', { body: JSON.stringify(alice), headers: { 'Content-Type': 'text/plain' } }, 400],
  ['an unknown character set', { body: '{}', headers: { 'Content-Type': 'application/json; charset=klingon' } }, 415],
  ['an unknown encoding', { body: '{}', headers: { 'Content-Encoding': 'klingon' } }, 415],
  ['more than 16 kB', { body: { ...alice, password: 'x'.repeat(17_000) } }, 413],
  [
    'a small body that unpacks to a megabyte',
    {
      body: gzipSync(JSON.stringify({ ...alice, password: 'x'.repeat(1e6) })),
      headers: { 'Content-Encoding': 'gzip' },
    },
    413,
  ],
];

describe('a login with', () => {
  test.each(bad)('%s is answered with a reason, and stores nothing', async (_, message, status) => {
    const answer = await app.send('/auth/login', { method: 'POST', ...message });
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
    expect(answer.text).not.toMatch(/node_modules|:\d+:\d+|\.[jt]s\b/);
    expect(answer).toSetNoCookie();
    expect(await redis.keys('*')).toEqual([]);
    expect(app.logged).toEqual([]);
  });

  test.each([
    ['own __proto__', `{"__proto__":{"role":"admin"},"email":"${alice.email}","password":"${alice.password}"}`],
    ['constructor', JSON.stringify({ ...alice, constructor: { prototype: { role: 'admin' } } })],
    ['fields of the record', JSON.stringify({ ...alice, role: 'admin', userId: 3, loginAt: 0 })],
  ])('%s among the fields changes nothing', async (_, body) => {
    const visitor = app.visitor();
    await visitor.post('/auth/login', body);
    expect(await app.record(visitor.sid)).toMatchObject({ userId: 1, role: 'customer' });
    expect((await visitor.get('/admin/users')).status).toBe(403);
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

test('a user gets 404 for an unknown path or method, and a visitor 401, which reveals no paths', async () => {
  const notFound = { status: 404, json: { error: 'There is no such page.' } };
  const person = await app.loggedIn(alice);
  for (const path of ['/nowhere', '/auth/login']) {
    expect(await person.get(path)).toMatchObject(notFound);
    expect((await app.send(path)).status).toBe(401);
  }
  expect(await person.post('/me')).toMatchObject(notFound);
});

test('a path that cannot be decoded is answered 400, and is not logged as our mistake', async () => {
  const answer = await (await app.loggedIn(alice)).post('/sessions/%ZZ/end', {});
  expect(answer.status).toBe(400);
  expect(app.logged).toEqual([]);
});

test.each(['/', '/me', '/nowhere'])('the response to %s does not name the server software', async (path) => {
  const { headers } = await app.send(path);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

describe('when Redis fails', () => {
  const secretDetail = 'NOAUTH sess:abc at 10.0.0.7';
  const fail = (command: 'get' | 'set' | 'expire' | 'del' | 'hset') =>
    vi.spyOn(redis, command).mockRejectedValue(new Error(secretDetail));

  test('while reading the record, the answer is 500 without details, which are in the log', async () => {
    const person = await app.loggedIn(alice);
    fail('get');
    const answer = await person.get('/me');
    expect(answer.status).toBe(500);
    expect(answer.text).toBe('{"error":"Something went wrong on our side."}');
    expect(app.logged).toEqual([expect.objectContaining({ message: secretDetail })]);
  });

  test('while writing the record, a login is answered 500 and does not look like a success', async () => {
    fail('set');
    const visitor = app.visitor();
    const answer = await visitor.post('/auth/login', alice);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('sess:');
    expect((await visitor.get('/me')).status).toBe(401);
  });

  test('while deleting the record, a logout is answered 500 and keeps the cookie of the active session', async () => {
    const person = await app.loggedIn(alice);
    const failing = fail('del');
    const answer = await person.post('/auth/logout');
    expect(answer.status).toBe(500);
    expect(answer).not.toClearSessionCookie();
    failing.mockRestore();
    expect((await person.get('/me')).status).toBe(200);
  });

  test('while renewing the record, the response has been sent already, and the log has the error', async () => {
    const person = await app.loggedIn(alice);
    fail('expire');
    expect((await person.get('/me')).status).toBe(200);
    await eventually(() => expect(app.logged).toHaveLength(1));
  });

  test('while renewing the record, a client that reads slowly gets the whole response', async () => {
    // More than the buffers of a connection hold.
    const page = 'x'.repeat(30_000_000);
    const home = () => (_req: Request, res: Response) => void res.send(page);
    const large = await openApp(redis, { parts: { home } });
    const { cookie } = await large.loggedIn(alice);
    fail('expire');
    const response = await fetch(large.origin.replace('https:', 'http:'), {
      headers: { Cookie: cookie!, 'X-Forwarded-Proto': 'https' },
    });
    await eventually(() => expect(large.logged).toHaveLength(1));
    expect((await response.text()).length).toBe(page.length);
  });

  test.each([
    'Connection is closed.',
    'Command timed out',
    "Stream isn't writeable and enableOfflineQueue options is false",
    'Reached the max retries per request limit (which is 0).',
    "OOM command not allowed when used memory > 'maxmemory'.",
    "READONLY You can't write against a read only replica.",
    'MISCONF Redis is configured to save RDB snapshots, but it cannot.',
    'LOADING Redis is loading the dataset in memory',
    'BUSY Redis is busy running a script.',
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    'NOREPLICAS Not enough good replicas to write.',
    "NOPERM this user has no permissions to run the 'get' command",
    'EXECABORT Transaction discarded because of previous errors.',
  ])('because it is unreachable or refuses (%s), the answer is 503 with Retry-After', async (message) => {
    const person = await app.loggedIn(alice);
    const error = Object.assign(new Error(message), { name: 'ReplyError' });
    const failing = vi.spyOn(redis, 'get').mockRejectedValue(error);
    const answer = await person.get('/me');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain(message);
    expect(answer).toSetNoCookie();
    expect(app.logged).toEqual([error]);
    failing.mockRestore();
    expect((await person.get('/me')).status).toBe(200);
  });

  test('another service that is unreachable is not called the session store', async () => {
    const person = await app.loggedIn(alice);
    vi.spyOn(app.users, 'byId').mockImplementationOnce(() => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.9:5432'), { code: 'ECONNREFUSED' });
    });
    expect((await person.get('/me')).status).toBe(500);
  });

  test('because it is unreachable at a login, the record is written once and no cookie is set', async () => {
    const failing = vi.spyOn(redis, 'set').mockRejectedValue(new Error('Connection is closed.'));
    const answer = await app.visitor().post('/auth/login', alice);
    expect(answer.status).toBe(503);
    expect(answer).toSetNoCookie();
    expect(failing).toHaveBeenCalledTimes(1);
    expect(app.logged).toHaveLength(1);
  });

  test('a visitor without a cookie does not notice', async () => {
    fail('get');
    fail('set');
    expect((await app.visitor().get('/')).status).toBe(200);
  });
});

test.each([
  ['not JSON', '{"userId":1'],
  ['without a cookie in it', '{"userId":1,"loginAt":0}'],
])('a record in Redis that is %s lets nobody in', async (_, value) => {
  const person = await app.loggedIn(alice);
  await redis.set(`sess:${person.sid}`, value);
  const answer = await person.get('/me');
  expect(answer.status).toBe(500);
  expect(answer.text).toBe('{"error":"Something went wrong on our side."}');
});
