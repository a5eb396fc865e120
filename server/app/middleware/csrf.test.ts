import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, mallory, openApp, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import type { Services } from '../services.ts';
import { csrfToken, isCsrfToken } from './csrf.ts';

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

describe('the origin of a request', () => {
  const cases: [from: string, headers: Record<string, string>, status: number][] = [
    ['a page of the app', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }, 200],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a sibling subdomain', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a value that does not exist yet', { 'Sec-Fetch-Site': 'same-planet' }, 403],
    ['a program that is not a browser', {}, 200],
    ['an old browser on a page of another site', { Origin: 'https://evil.example' }, 403],
    ['an old browser on a page without an origin', { Origin: 'null' }, 403],
  ];

  // <form method="post" action="https://shop.example/auth/login">, which a script submits
  test.each(cases)('a login from %s (%j) is answered %i', async (_, headers, status) => {
    const answer = await app.send('/auth/login', { method: 'POST', body: alice, headers });
    expect(answer.status).toBe(status);
    expect(app.audited.some(({ name }) => name === 'csrf_refused')).toBe(status === 403);
    expect(await app.sids()).toHaveLength(status === 403 ? 0 : 1);
  });

  test('an old browser on a page of the app may log in over HTTPS, and Sec-Fetch-Site overrides Origin', async () => {
    const login = (headers: Record<string, string>) =>
      app.send('/auth/login', { method: 'POST', body: alice, headers });
    const ours = { Origin: app.origin };
    expect((await login(ours)).status).toBe(200);
    expect((await login({ Origin: app.origin.replace('https:', 'http:') })).status).toBe(403);
    expect((await login({ ...ours, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });

  test('a request that changes nothing may come from anywhere, so links from other sites work', async () => {
    expect((await app.send('/', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(200);
  });
});

describe('the token', () => {
  const changing = [
    '/basket',
    '/auth/logout',
    '/account/email',
    '/account/password',
    '/orders',
    '/sessions/end-others',
  ];

  test.each(changing)('is required from a logged-in user for %s, and must be that of the session', async (path) => {
    const person = await app.loggedIn(alice);
    const other = await app.loggedIn(mallory);
    for (const token of ['', 'guess', other.csrfToken!]) {
      expect((await person.post(path, { item: 'hat' }, { 'X-CSRF-Token': token })).status).toBe(403);
    }
    expect(app.audited.filter(({ name }) => name === 'csrf_refused')).toHaveLength(3);
    expect((await person.get('/me')).status).toBe(200);
    expect((await person.get('/basket')).json).toEqual({ basket: [] });
  });

  test('is not required from visitors who are not logged in', async () => {
    expect((await app.visitor().post('/basket', { item: 'hat' })).status).toBe(200);
  });

  test('from before a new login is useless after it', async () => {
    const person = await app.loggedIn(alice);
    const stale = { 'X-CSRF-Token': person.csrfToken! };
    await person.post('/auth/login', alice);
    expect((await person.post('/basket', { item: 'hat' }, stale)).status).toBe(403);
    expect((await person.post('/basket', { item: 'hat' })).status).toBe(200);
  });

  test('is in the answer of GET /me, for a page that has lost it', async () => {
    const person = await app.loggedIn(alice);
    const again = app.visitor();
    again.plant(person.cookie);
    expect((await again.post('/basket', { item: 'hat' })).status).toBe(403);
    await again.get('/me');
    expect(again.csrfToken).toBe(person.csrfToken);
    expect((await again.post('/basket', { item: 'hat' })).status).toBe(200);
  });
});

describe('the value of the token', () => {
  const signedWith = (secret: string | string[]) => ({ secret }) as Services;
  const services = signedWith('a secret');
  const token = csrfToken(services, 'one');

  test('is always the same for a session, and does not reveal its id', () => {
    expect(csrfToken(services, 'one')).toBe(token);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(csrfToken(services, 'a-long-session-id')).not.toContain('a-long-session-id');
  });

  test('differs for another id and for another secret', () => {
    const tokens = [
      token,
      csrfToken(services, 'two'),
      csrfToken(signedWith('another secret'), 'one'),
      csrfToken(signedWith(['a new secret', 'a secret']), 'one'),
    ];
    expect(new Set(tokens).size).toBe(4);
  });

  test.each<[what: string, given: string | undefined, accepted: boolean]>([
    ['the token itself', token, true],
    ['nothing', undefined, false],
    ['an empty one', '', false],
    ['the token of another session', csrfToken(services, 'two'), false],
    ['the beginning of the token', token.slice(0, -1), false],
    ['the token and more', `${token}A`, false],
    ['the same letters in another case', token.toLowerCase(), false],
    ['as many letters of two bytes', 'é'.repeat(43), false],
  ])('%s (%s) is accepted: %s', (_, given, accepted) => {
    expect(isCsrfToken(services, 'one', given)).toBe(accepted);
  });
});
