import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, mallory, openApp, type TestApp, type Visitor } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let app: TestApp;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const name = '__Host-device';

/** Uses up the account's tries from elsewhere. Then a known device may log in (200), and others may not (429). */
async function loginWhenThrottled(visitor: Visitor): Promise<number> {
  for (let tries = 0; tries < 5; tries++) await app.visitor().post('/auth/login', { ...alice, password: 'guess' });
  return (await visitor.post('/auth/login', alice)).status;
}

test('a login sets a cookie for a year, for HTTPS only and hidden from scripts; a failed login sets none', async () => {
  const answer = await app.visitor().post('/auth/login', alice);
  const cookie = answer.setCookie.find((header) => header.startsWith(`${name}=1.`));
  expect(cookie).toMatch(/; Max-Age=31536000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  const failed = await app.visitor().post('/auth/login', { ...alice, password: 'wrong' });
  expect(failed.setCookie).toEqual([]);
});

test('the cookie opens nothing by itself', async () => {
  const thief = app.visitor();
  thief.plant((await app.loggedIn(alice)).cookieNamed(name));
  expect((await thief.get('/me')).status).toBe(401);
});

test('the cookie stays after a logout, and the device is still known', async () => {
  const person = await app.loggedIn(alice);
  await person.post('/auth/logout');
  expect(person.cookieNamed(name)).toBeDefined();
  expect(await loginWhenThrottled(person)).toBe(200);
});

test.each<[what: string, forged: (cookie: string) => string]>([
  ['is invented', () => `${name}=1.${'A'.repeat(16)}.${'A'.repeat(43)}`],
  ['has no signature', () => `${name}=1`],
  ['has another random part', (cookie) => cookie.replace(/=2\.../, '=1.AA')],
  ['is another user’s with this user’s id', (cookie) => cookie.replace('=2.', '=1.')],
  ['is another user’s', (cookie) => cookie],
])('a device is not known by a cookie that %s', async (_, forged) => {
  const stranger = await app.loggedIn(mallory);
  const visitor = app.visitor();
  visitor.plant(forged(stranger.cookieNamed(name)!));
  expect(await loginWhenThrottled(visitor)).toBe(429);
});

test('each device has its own cookie and its own tries', async () => {
  const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  expect(laptop.cookieNamed(name)).not.toBe(phone.cookieNamed(name));
  for (const device of [laptop, phone]) await device.post('/auth/logout');
  // A thief with the laptop's cookie uses up the laptop's tries, but not the phone's.
  const thief = app.visitor();
  thief.plant(laptop.cookieNamed(name));
  for (let tries = 0; tries < 6; tries++) await thief.post('/auth/login', { ...alice, password: 'guess' });
  expect((await laptop.post('/auth/login', alice)).status).toBe(429);
  expect((await phone.post('/auth/login', alice)).status).toBe(200);
});

test('a known device has as many tries as others', async () => {
  const person = await app.loggedIn(alice);
  await person.post('/auth/logout');
  const logIn = async (password: string) => (await person.post('/auth/login', { ...alice, password })).status;
  for (let tries = 0; tries < 5; tries++) expect(await logIn('guess')).toBe(401);
  expect(await logIn(alice.password)).toBe(429);
});
