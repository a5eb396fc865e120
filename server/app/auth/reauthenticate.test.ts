import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, openApp, recent, type TestApp } from '../../../testing/testApp.ts';
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

const move = { email: 'alice@elsewhere.example' };

describe('the password typed again', () => {
  test('gives a new id and token, and deletes the old record', async () => {
    const person = await app.loggedIn(alice);
    const thief = app.visitor();
    thief.plant(person.cookie);
    const old = { sid: person.sid, csrfToken: person.csrfToken };
    expect((await person.post('/auth/confirm', { password: alice.password })).status).toBe(200);
    expect(person.sid).not.toBe(old.sid);
    expect(person.csrfToken).not.toBe(old.csrfToken);
    expect(await app.sids()).toEqual([person.sid]);
    expect((await person.get('/sessions')).json.sessions).toHaveLength(1);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('may be wrong a few times only: a thief with the cookie cannot keep guessing', async () => {
    const person = await app.loggedIn(alice);
    const guess = () => person.post('/auth/confirm', { password: 'guess' });
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(403);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Now the right password gets the same answer as a wrong one.
    expect((await person.post('/auth/confirm', { password: alice.password })).status).toBe(429);
    const failures = app.audited.map(({ name }) => name).filter((name) => /fail|throttled/.test(name));
    expect(failures).toEqual([...Array(5).fill('authn_login_fail'), ...Array(2).fill('authn_login_throttled')]);
  });
});

describe('a recent password', () => {
  test('counts for exactly the configured time', async () => {
    const person = await app.loggedIn(alice);
    app.clock.ahead = recent - 5000;
    expect((await person.post('/account/email', move)).status).toBe(202);
    app.clock.ahead = recent;
    const answer = await person.post('/account/email', { email: alice.email });
    expect([answer.status, answer.json]).toEqual([403, { error: 'reauth_required' }]);
  });

  test('counts again when the user types it again', async () => {
    const person = await app.loggedIn(alice);
    app.clock.ahead = recent;
    expect((await person.post('/account/email', move)).status).toBe(403);
    await person.post('/auth/confirm', { password: alice.password });
    expect((await person.post('/account/email', move)).status).toBe(202);
  });

  test('is not renewed by requests', async () => {
    const person = await app.loggedIn(alice);
    for (const share of [0.3, 0.6, 0.9, 1]) {
      app.clock.ahead = recent * share;
      expect((await person.get('/me')).status).toBe(200);
    }
    expect((await person.post('/account/email', move)).status).toBe(403);
  });
});

test('all routes that take the current password share one count of wrong tries', async () => {
  const thief = await app.loggedIn(alice);
  const routes: [path: string, body: object][] = [
    ['/account/password', { currentPassword: 'guess', newPassword: 'down-the-rabbit-hole' }],
    ['/sessions/end-others', { password: 'guess' }],
    ['/auth/confirm', { password: 'guess' }],
  ];
  const statuses: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [path, body] of routes) statuses.push((await thief.post(path, body)).status);
  }
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429, 429]);
  const answer = await thief.post('/account/password', {
    currentPassword: alice.password,
    newPassword: 'down-the-rabbit-hole',
  });
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
