import { gzipSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  alice,
  closeShops,
  type Message,
  openShop,
  type Shop,
  sessionCookieMatchers,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

expect.extend(sessionCookieMatchers);

let mock: MockRedis;
let redis: Redis;
let shop: Shop;

beforeEach(async () => {
  mock = createMockRedis();
  redis = await mock.connect('');
  shop = await openShop(redis);
});
afterEach(async () => {
  await closeShops();
  await mock.close();
});

const deep = `{"email":${'['.repeat(5000)}${']'.repeat(5000)}}`;

const bad: [what: string, message: Message, status: number][] = [
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
  ['both fields, but only inherited', { body: `{"__proto__":${JSON.stringify(alice)}}` }, 400],
  ['a form', { body: 'email=a&password=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 400],
  ['plain text', { body: JSON.stringify(alice), headers: { 'Content-Type': 'text/plain' } }, 400],
  ['a character set nobody has', { body: '{}', headers: { 'Content-Type': 'application/json; charset=klingon' } }, 415],
  ['an encoding nobody has', { body: '{}', headers: { 'Content-Encoding': 'klingon' } }, 415],
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
    const answer = await shop.send('/auth/login', { method: 'POST', ...message });
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
    expect(answer.text).not.toMatch(/node_modules|:\d+:\d+|\.[jt]s\b/);
    expect(answer).toSetNoCookie();
    expect(await redis.keys('*')).toEqual([]);
    expect(shop.logged).toEqual([]);
  });

  test.each([
    ['own __proto__', `{"__proto__":{"role":"admin"},"email":"${alice.email}","password":"${alice.password}"}`],
    ['constructor', JSON.stringify({ ...alice, constructor: { prototype: { role: 'admin' } } })],
    ['fields of the record', JSON.stringify({ ...alice, role: 'admin', userId: 3, loginAt: 0 })],
  ])('%s among the fields changes nothing', async (_, body) => {
    const visitor = shop.visitor();
    await visitor.post('/auth/login', body);
    expect(await shop.record(visitor.sid)).toMatchObject({ userId: 1, role: 'customer' });
    expect((await visitor.get('/admin/users')).status).toBe(403);
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

test('an unknown page is 404, a known one with another method too; strangers are not told which there are', async () => {
  const notFound = { status: 404, json: { error: 'There is no such page.' } };
  const person = await shop.loggedIn(alice);
  for (const path of ['/nowhere', '/auth/login']) {
    expect(await person.get(path)).toMatchObject(notFound);
    expect((await shop.send(path)).status).toBe(401);
  }
  expect(await person.post('/me')).toMatchObject(notFound);
});

test('an address that cannot be decoded is 400, and nobody’s mistake but the client’s', async () => {
  const answer = await (await shop.loggedIn(alice)).post('/sessions/%ZZ/end', {});
  expect(answer.status).toBe(400);
  expect(shop.logged).toEqual([]);
});

test.each(['/', '/me', '/nowhere'])('%s does not say what it runs on', async (path) => {
  const { headers } = await shop.send(path);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

describe('when Redis fails', () => {
  const secretDetail = 'NOAUTH sess:abc at 10.0.0.7';
  const fail = (command: 'get' | 'set' | 'expire' | 'del' | 'hset') =>
    vi.spyOn(redis, command).mockRejectedValue(new Error(secretDetail));

  test('at reading the record, the answer is 500 and tells nothing; the log has it', async () => {
    const person = await shop.loggedIn(alice);
    fail('get');
    const answer = await person.get('/me');
    expect(answer.status).toBe(500);
    expect(answer.text).toBe('{"error":"Something went wrong on our side."}');
    expect(shop.logged).toEqual([expect.objectContaining({ message: secretDetail })]);
  });

  test('at writing the record, a login is 500 and not a 200 that is no login', async () => {
    fail('set');
    const visitor = shop.visitor();
    const answer = await visitor.post('/auth/login', alice);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('sess:');
    expect((await visitor.get('/me')).status).toBe(401);
  });

  test('at deleting the record, a logout is 500 and the cookie stays: the session still lives', async () => {
    const person = await shop.loggedIn(alice);
    const failing = fail('del');
    const answer = await person.post('/auth/logout');
    expect(answer.status).toBe(500);
    expect(answer).not.toClearSessionCookie();
    failing.mockRestore();
    expect((await person.get('/me')).status).toBe(200);
  });

  test('at renewing the record, the answer is there already, and the log has it', async () => {
    const person = await shop.loggedIn(alice);
    fail('expire');
    expect((await person.get('/me')).status).toBe(200);
    await vi.waitFor(() => expect(shop.logged).toHaveLength(1));
  });

  test.each([
    'Connection is closed.',
    'Command timed out',
    "Stream isn't writeable and enableOfflineQueue options is false",
    'connect ECONNREFUSED 127.0.0.1:6379',
  ])('because it cannot be reached (%s), the answer is 503 and says when to come back', async (message) => {
    const person = await shop.loggedIn(alice);
    const failing = vi.spyOn(redis, 'get').mockRejectedValue(new Error(message));
    const answer = await person.get('/me');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain(message);
    expect(answer).toSetNoCookie();
    failing.mockRestore();
    expect((await person.get('/me')).status).toBe(200);
  });

  test('because it cannot be reached at a login, it is tried once, and no cookie is set', async () => {
    const failing = vi.spyOn(redis, 'set').mockRejectedValue(new Error('Connection is closed.'));
    const answer = await shop.visitor().post('/auth/login', alice);
    expect(answer.status).toBe(503);
    expect(answer).toSetNoCookie();
    expect(failing).toHaveBeenCalledTimes(1);
    expect(shop.logged).toHaveLength(1);
  });

  test('who sends no cookie does not notice', async () => {
    fail('get');
    fail('set');
    expect((await shop.visitor().get('/')).status).toBe(200);
  });
});

test.each([
  ['not JSON', '{"userId":1'],
  ['without a cookie in it', '{"userId":1,"loginAt":0}'],
])('a record in Redis that is %s lets nobody in', async (_, value) => {
  const person = await shop.loggedIn(alice);
  await redis.set(`sess:${person.sid}`, value);
  const answer = await person.get('/me');
  expect(answer.status).toBe(500);
  expect(answer.text).toBe('{"error":"Something went wrong on our side."}');
});
