import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, idle, openApp, sessionCookieMatchers, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

expect.extend(sessionCookieMatchers);

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

test('a static file that caches may keep sets no cookie and does not renew the session', async () => {
  const person = await app.loggedIn(alice);
  await app.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/assets/app.css');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
  expect(answer).toSetNoCookie();
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});

test('the stock is the answer for a logged-in user too, without reading the session', async () => {
  const person = await app.loggedIn(alice);
  await app.redis.hset('stock', 'hat', 3);
  await app.redis.pexpire(`sess:${person.sid}`, 5000);
  const answer = await person.get('/stock');
  expect(answer.json).toEqual({ stock: { hat: '3' } });
  expect(answer).toSetNoCookie();
  expect(await app.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
});

test('the start page, which renews the cookie of a session, is kept out of every cache', async () => {
  const answer = await (await app.loggedIn(alice)).get('/');
  expect(answer).toSetSessionCookie(idle);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
