import session from 'express-session';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { absolute, alice, closeApps, openApp, sessionCookieMatchers, type TestApp } from '../../../testing/testApp.ts';
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

test.each(guarded)(
  '%s %s is answered 401 without a session, and with a session that only holds a basket',
  async (method, path) => {
    const visitor = app.visitor();
    expect((await visitor[method](path)).status).toBe(401);
    await visitor.post('/basket', { item: 'hat' });
    expect((await visitor[method](path)).status).toBe(401);
  },
);

test('lets a user in who has logged in', async () => {
  const { status, json } = await (await app.loggedIn(alice)).get('/me');
  expect(status).toBe(200);
  expect(json).toEqual({ id: 1, email: alice.email, role: 'customer', csrfToken: expect.any(String) });
});

test('destroys the session of a user who no longer exists, and logout and login still answer', async () => {
  const [person, other] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const { sid } = person;
  // After a restart with another table of users.
  vi.spyOn(app.users, 'byId').mockReturnValue(undefined);
  const answer = await person.get('/me');
  expect(answer.status).toBe(401);
  expect(answer).toClearSessionCookie();
  expect(await app.sids()).not.toContain(sid);
  expect((await other.post('/auth/logout')).status).toBe(204);
  expect(await app.sids()).toEqual([]);
  expect(app.logged).toEqual([]);
});

test('ends a session at the absolute limit even when it is in use, for a thief too', async () => {
  const person = await app.loggedIn(alice);
  const thief = app.visitor();
  thief.plant(person.cookie);

  for (const share of [0.25, 0.5, 0.75]) {
    app.clock.ahead = absolute * share;
    expect((await person.get('/me')).status).toBe(200);
  }
  app.clock.ahead = absolute - 5000;
  expect((await person.get('/me')).status).toBe(200);

  app.clock.ahead = absolute;
  const answer = await person.get('/me');
  expect(answer.status).toBe(401);
  expect(answer).toClearSessionCookie();
  expect(await app.sids()).toEqual([]);
  expect((await thief.get('/me')).status).toBe(401);
  expect(app.audited).toContainEqual({ name: 'session_expired', userId: 1 });
});

test('starts the absolute limit again at a new login', async () => {
  const person = await app.loggedIn(alice);
  app.clock.ahead = absolute;
  expect((await person.get('/me')).status).toBe(401);
  await person.post('/auth/login', alice);
  expect((await person.get('/me')).status).toBe(200);
});

test('refuses a user who no longer exists', async () => {
  const person = await app.loggedIn(alice);
  await app.redis.set(`sess:${person.sid}`, JSON.stringify({ ...(await app.record(person.sid)), userId: 99 }));
  expect((await person.get('/me')).status).toBe(401);
});

test.each<[what: string, change: Parameters<TestApp['users']['update']>[1]]>([
  ['disabled', { disabled: true }],
  ['given other credentials', { credentialVersion: 2 }],
])('ends a session whose account was %s, even where its record was not deleted', async (_, change) => {
  const person = await app.loggedIn(alice);
  const thief = app.visitor();
  thief.plant(person.cookie);
  app.users.update(1, change);
  expect((await person.get('/session/left')).json).toEqual({ left: 0 });
  const answer = await person.get('/me');
  expect(answer.status).toBe(401);
  expect(answer).toClearSessionCookie();
  expect(await app.sids()).toEqual([]);
  expect(app.audited.at(-1)).toEqual({ name: 'session_revoked', userId: 1 });
  app.users.update(1, { disabled: false });
  for (const visitor of [person, thief]) expect((await visitor.get('/me')).status).toBe(401);
});

test('refuses everybody while the store is disconnected and there are no sessions', async () => {
  const store = new session.MemoryStore();
  const cut = await openApp(await redis.connect(''), { parts: { createSessionStore: () => store } });
  const person = await cut.loggedIn(alice);
  expect((await person.get('/me')).status).toBe(200);
  // After this event express-session leaves req.session undefined.
  store.emit('disconnect');
  expect((await person.get('/me')).status).toBe(401);
  store.emit('connect');
  expect((await person.get('/me')).status).toBe(200);
});
