import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop, type Shop, sessionCookieMatchers } from '../../../testing/testApp.ts';
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

test('a file that caches may keep comes without a cookie, and renews nobody’s session', async () => {
  const person = await shop.loggedIn(alice);
  await shop.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/assets/app.css');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
  expect(answer).toSetNoCookie();
  expect(await shop.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});
