import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  absolute,
  alice,
  closeShops,
  idle,
  openShop,
  type Shop,
  sessionCookieMatchers,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

expect.extend(sessionCookieMatchers);

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

test('the time that is left is told without renewing record or cookie', async () => {
  const person = await shop.loggedIn(alice);
  await shop.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/session/left');
  expect(answer.json.left).toBeGreaterThan(3000);
  expect(answer).toSetNoCookie();
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});

test('the absolute limit is told of when it is nearer, and typing the password moves it away', async () => {
  const person = await shop.loggedIn(alice);
  shop.clock.ahead = absolute - 60_000;
  const { left } = (await person.get('/session/left')).json;
  expect(left).toBeGreaterThan(57_000);
  expect(left).toBeLessThanOrEqual(60_000);
  await person.post('/auth/confirm', { password: alice.password });
  expect((await person.get('/session/left')).json.left).toBeGreaterThan(idle - 3000);
  shop.clock.ahead += absolute;
  expect((await person.get('/session/left')).json).toEqual({ left: 0 });
});

test('extending renews both', async () => {
  const person = await shop.loggedIn(alice);
  await shop.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.post('/session/extend');
  expect(answer.status).toBe(204);
  expect(answer).toSetSessionCookie(idle);
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeGreaterThan(idle - 3000);
});

test.each([
  ['no cookie', () => undefined],
  ['an id that we did not sign', (cookie: string) => `${cookie}x`],
])('nothing is left with %s', async (_, forge) => {
  const person = await shop.loggedIn(alice);
  person.plant(forge(person.cookie!));
  expect((await person.get('/session/left')).json).toEqual({ left: 0 });
});

test('the stock is told to somebody with a session without reading it', async () => {
  const person = await shop.loggedIn(alice);
  await shop.redis.hset('stock', 'hat', 3);
  await shop.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/stock');
  expect(answer.json).toEqual({ stock: { hat: '3' } });
  expect(answer).toSetNoCookie();
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});
