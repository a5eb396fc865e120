import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import type { Parts } from '../parts.ts';
import { handleOf } from '../sessionIndex.ts';
import { alice, closeShops, idle, openShop, type Shop, sessionCookieMatchers } from '../testShop.ts';
import { weaknesses } from './index.ts';

expect.extend(sessionCookieMatchers);

let redis: MockRedis;

beforeEach(() => {
  redis = createMockRedis();
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

const shopWith = async (weakness: string): Promise<Shop> =>
  openShop(await redis.connect(''), { parts: weaknesses[weakness]! });

const replaced: Record<string, (keyof Parts)[]> = {
  'cookie-not-renewed': ['sessionOptions'],
  'idle-limit-only-in-the-cookie': ['sessionStore'],
  'login-keeps-session-id': ['login'],
  'revoked-devices-checked-at-login': ['endSession', 'login'],
};

test('each weakness replaces the parts it is about and no other', () => {
  const exported = Object.entries(weaknesses).map(([name, parts]) => [name, Object.keys(parts).sort()]);
  expect(Object.fromEntries(exported)).toEqual(replaced);
});

test('each file of this folder is in the table, under its own name', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => !/^index\./.test(file));
  expect(files.sort()).toEqual(
    Object.keys(weaknesses)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test('cookie-not-renewed: a request renews the record, but no answer renews the cookie', async () => {
  const shop = await shopWith('cookie-not-renewed');
  const person = await shop.loggedIn(alice);
  await shop.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/me');
  expect(answer.status).toBe(200);
  expect(answer).toSetNoCookie();
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(idle - 3000);
});

test('idle-limit-only-in-the-cookie: the cookie has the idle limit, the record a day', async () => {
  const shop = await shopWith('idle-limit-only-in-the-cookie');
  const person = shop.visitor();
  expect(await person.post('/auth/login', alice)).toSetSessionCookie(idle);
  const oneDay = 24 * 60 * 60_000;
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(oneDay - 3000);
  await person.get('/me');
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(oneDay - 3000);
});

test('login-keeps-session-id: whoever knew the id before the login is logged in with it', async () => {
  const shop = await shopWith('login-keeps-session-id');
  const attacker = shop.visitor();
  await attacker.post('/basket', { item: 'hat' });
  const victim = shop.visitor();
  victim.plant(attacker.cookie);

  await victim.post('/auth/login', alice);
  expect(victim.sid).toBe(attacker.sid);
  expect((await attacker.get('/me')).json).toMatchObject({ email: alice.email });
  // All else is as usual: a wrong password, the list, the logout.
  expect((await shop.visitor().post('/auth/login', { ...alice, password: 'wrong' })).status).toBe(401);
  expect((await victim.get('/sessions')).json.sessions).toHaveLength(1);
  await victim.post('/auth/logout');
  expect((await attacker.get('/me')).status).toBe(401);
});

test('revoked-devices-checked-at-login: an ended session is off the list and alive, and cannot log in again', async () => {
  const shop = await shopWith('revoked-devices-checked-at-login');
  const [laptop, phone] = [await shop.loggedIn(alice, 'Laptop'), await shop.loggedIn(alice, 'Phone')];
  const end = (password: string) => laptop.post(`/sessions/${handleOf(phone.sid!)}/end`, { password });

  expect((await end('wrong')).status).toBe(403);
  expect((await end(alice.password)).status).toBe(204);
  expect((await end(alice.password)).status).toBe(404);
  expect((await laptop.get('/sessions')).json.sessions).toHaveLength(1);
  expect(await shop.sids()).toContain(phone.sid);
  expect((await phone.get('/me')).status).toBe(200);
  expect((await shop.visitor('Phone').post('/auth/login', alice)).status).toBe(403);
  expect((await shop.visitor('Laptop').post('/auth/login', alice)).status).toBe(200);
  for (const key of await shop.redis.keys('*')) expect([key, (await shop.redis.pttl(key)) > 0]).toEqual([key, true]);
});
