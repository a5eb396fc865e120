import session from 'express-session';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { absolute, alice, closeShops, openShop, type Shop, sessionCookieMatchers } from '../../../testing/testApp.ts';
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

const guarded: [method: 'get' | 'post', path: string][] = [
  ['get', '/me'],
  ['get', '/sessions'],
  ['post', '/sessions/end-others'],
  ['post', '/sessions/some-handle/end'],
  ['post', '/auth/confirm'],
  ['post', '/account/email'],
  ['post', '/account/password'],
  ['get', '/orders'],
  ['post', '/orders'],
  ['get', '/admin/users'],
  ['post', '/admin/users/1/disable'],
  ['post', '/admin/sessions/end-all'],
];

test.each(guarded)('%s %s is 401 for a stranger and for a visitor with a basket', async (method, path) => {
  const visitor = shop.visitor();
  expect((await visitor[method](path)).status).toBe(401);
  await visitor.post('/basket', { item: 'hat' });
  expect((await visitor[method](path)).status).toBe(401);
});

test('lets somebody in who logged in', async () => {
  const { status, json } = await (await shop.loggedIn(alice)).get('/me');
  expect(status).toBe(200);
  expect(json).toEqual({ id: 1, email: alice.email, role: 'customer', csrfToken: expect.any(String) });
});

test('ends a session at the absolute limit, however busy it was, for the thief as well', async () => {
  const person = await shop.loggedIn(alice);
  const thief = shop.visitor();
  thief.plant(person.cookie);

  for (const share of [0.25, 0.5, 0.75]) {
    shop.clock.ahead = absolute * share;
    expect((await person.get('/me')).status).toBe(200);
  }
  shop.clock.ahead = absolute - 5000;
  expect((await person.get('/me')).status).toBe(200);

  shop.clock.ahead = absolute;
  const answer = await person.get('/me');
  expect(answer.status).toBe(401);
  expect(answer).toClearSessionCookie();
  expect(await shop.sids()).toEqual([]);
  expect((await thief.get('/me')).status).toBe(401);
  expect(shop.audited).toContainEqual({ name: 'session_expired', userId: 1 });
});

test('a new login starts the absolute limit anew', async () => {
  const person = await shop.loggedIn(alice);
  shop.clock.ahead = absolute;
  expect((await person.get('/me')).status).toBe(401);
  await person.post('/auth/login', alice);
  expect((await person.get('/me')).status).toBe(200);
});

test('a user who was removed from the shop is 401', async () => {
  const person = await shop.loggedIn(alice);
  await shop.redis.set(`sess:${person.sid}`, JSON.stringify({ ...(await shop.record(person.sid)), userId: 99 }));
  expect((await person.get('/me')).status).toBe(401);
});

test('a disabled account gets nowhere with a session that somehow lives', async () => {
  const person = await shop.loggedIn(alice);
  shop.users.update(1, { disabled: true });
  expect((await person.get('/me')).status).toBe(401);
  shop.users.update(1, { disabled: false });
  expect((await person.get('/me')).status).toBe(200);
});

test('without a session at all (the store is disconnected) nobody gets in', async () => {
  const store = new session.MemoryStore();
  const cut = await openShop(await redis.connect(''), { parts: { sessionStore: () => store } });
  const person = await cut.loggedIn(alice);
  expect((await person.get('/me')).status).toBe(200);
  // express-session then leaves req.session undefined.
  store.emit('disconnect');
  expect((await person.get('/me')).status).toBe(401);
  store.emit('connect');
  expect((await person.get('/me')).status).toBe(200);
});
