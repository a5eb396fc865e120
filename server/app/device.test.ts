import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, mallory, openShop, type Shop, type Visitor } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';

let redis: MockRedis;
let shop: Shop;

beforeEach(async () => {
  redis = createMockRedis();
  shop = await openShop(await redis.connect(''));
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

const name = '__Host-device';

/** With the account's tries used up from elsewhere, a device that is known may log in (200), and no other (429). */
async function loginWhenThrottled(visitor: Visitor): Promise<number> {
  for (let tries = 0; tries < 5; tries++) await shop.visitor().post('/auth/login', { ...alice, password: 'guess' });
  return (await visitor.post('/auth/login', alice)).status;
}

test('a login leaves a mark for a year that only https carries and no script reads; a failed one leaves none', async () => {
  const answer = await shop.visitor().post('/auth/login', alice);
  const mark = answer.setCookie.find((cookie) => cookie.startsWith(`${name}=1.`));
  expect(mark).toMatch(/; Max-Age=31536000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  const failed = await shop.visitor().post('/auth/login', { ...alice, password: 'wrong' });
  expect(failed.setCookie).toEqual([]);
});

test('the mark opens nothing by itself', async () => {
  const thief = shop.visitor();
  thief.plant((await shop.loggedIn(alice)).cookieNamed(name));
  expect((await thief.get('/me')).status).toBe(401);
});

test('it stays after a logout, and the device is still known', async () => {
  const person = await shop.loggedIn(alice);
  await person.post('/auth/logout');
  expect(person.cookieNamed(name)).toBeDefined();
  expect(await loginWhenThrottled(person)).toBe(200);
});

test.each<[what: string, forged: (mark: string) => string]>([
  ['made up', () => `${name}=1.${'A'.repeat(16)}.${'A'.repeat(43)}`],
  ['without a signature', () => `${name}=1`],
  ['with another random part', (mark) => mark.replace(/=2\.../, '=1.AA')],
  ['of another user, under this one’s number', (mark) => mark.replace('=2.', '=1.')],
  ['of another user', (mark) => mark],
])('a mark that is %s makes no device known', async (_, forged) => {
  const stranger = await shop.loggedIn(mallory);
  const visitor = shop.visitor();
  visitor.plant(forged(stranger.cookieNamed(name)!));
  expect(await loginWhenThrottled(visitor)).toBe(429);
});

test('each device has a mark, and tries, of its own', async () => {
  const [laptop, phone] = [await shop.loggedIn(alice), await shop.loggedIn(alice)];
  expect(laptop.cookieNamed(name)).not.toBe(phone.cookieNamed(name));
  for (const device of [laptop, phone]) await device.post('/auth/logout');
  // Somebody who has copied the laptop's mark uses up its tries, and not the phone's.
  const thief = shop.visitor();
  thief.plant(laptop.cookieNamed(name));
  for (let tries = 0; tries < 6; tries++) await thief.post('/auth/login', { ...alice, password: 'guess' });
  expect((await laptop.post('/auth/login', alice)).status).toBe(429);
  expect((await phone.post('/auth/login', alice)).status).toBe(200);
});

test('a known device has tries of its own, and no more than others', async () => {
  const person = await shop.loggedIn(alice);
  await person.post('/auth/logout');
  const logIn = async (password: string) => (await person.post('/auth/login', { ...alice, password })).status;
  for (let tries = 0; tries < 5; tries++) expect(await logIn('guess')).toBe(401);
  expect(await logIn(alice.password)).toBe(429);
});
