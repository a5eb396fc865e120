import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, openApp, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

const frontEnd = 'https://app.shop.example';

let redis: MockRedis;
let app: TestApp;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''), { frontEnds: [frontEnd] });
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

/** fetch(url, { method, credentials: 'include' }) on a page of that origin */
const from = (origin: string, site = 'same-site') => ({ Origin: origin, 'Sec-Fetch-Site': site });
const allowed = ({ headers }: { headers: Headers }) => [
  headers.get('access-control-allow-origin'),
  headers.get('access-control-allow-credentials'),
];

describe('a page of a front end', () => {
  test('may read every response, errors included, and caches keep it apart', async () => {
    for (const path of ['/', '/me', '/stock', '/no-such-page']) {
      const answer = await app.send(path, { headers: from(frontEnd) });
      expect(allowed(answer), path).toEqual([frontEnd, 'true']);
      expect(answer.headers.get('vary'), path).toContain('Origin');
    }
  });

  test('may log in, and then change what its user may change, with the token', async () => {
    const login = await app.send('/auth/login', { method: 'POST', body: alice, headers: from(frontEnd) });
    expect(login.status).toBe(200);
    const cookie = login.setCookie.map((header) => header.split(';')[0]).join('; ');
    const add = (headers: Record<string, string>) =>
      app.send('/basket', {
        method: 'POST',
        body: { item: 'hat' },
        headers: { ...from(frontEnd), Cookie: cookie, ...headers },
      });
    expect((await add({})).status).toBe(403);
    expect((await add({ 'X-CSRF-Token': login.json.csrfToken })).status).toBe(200);
  });

  test('gets an answer to its preflight, before there is a session', async () => {
    const headers = { ...from(frontEnd), 'Access-Control-Request-Method': 'POST' };
    const answer = await app.send('/basket', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(allowed(answer)).toEqual([frontEnd, 'true']);
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type, X-CSRF-Token');
    expect(answer).toHaveProperty('setCookie', []);
  });
});

describe.each([
  ['https://blog.shop.example', 'same-site'],
  ['https://evil.example', 'cross-site'],
  ['https://evilapp.shop.example', 'same-site'],
  ['https://app.shop.example.evil.example', 'cross-site'],
  ['https://app.shop.example:8443', 'same-site'],
  ['http://app.shop.example', 'cross-site'],
  ['https://APP.shop.example', 'same-site'],
  ['https://app.shop.example/', 'same-site'],
  ['null', 'cross-site'],
  ['', 'cross-site'],
])('a page of %j', (origin, site) => {
  test('may read nothing, gets no preflight, and caches know that another origin may differ', async () => {
    const read = await app.send('/stock', { headers: from(origin, site) });
    expect(allowed(read)).toEqual([null, null]);
    expect(read.headers.get('vary')).toContain('Origin');
    const headers = { ...from(origin, site), 'Access-Control-Request-Method': 'POST' };
    expect(allowed(await app.send('/basket', { method: 'OPTIONS', headers }))).toEqual([null, null]);
  });

  test('cannot change anything, even with the token of the session', async () => {
    const login = await app.send('/auth/login', { method: 'POST', body: alice });
    const Cookie = login.setCookie.map((header) => header.split(';')[0]).join('; ');
    const headers = { ...from(origin, site), Cookie, 'X-CSRF-Token': login.json.csrfToken };
    expect((await app.send('/basket', { method: 'POST', body: { item: 'hat' }, headers })).status).toBe(403);
  });
});

test('a page of the front end without Sec-Fetch-Site, as older browsers send it, may change things', async () => {
  const headers = { Origin: frontEnd };
  expect((await app.send('/basket', { method: 'POST', body: { item: 'hat' }, headers })).status).toBe(200);
});

test('without front ends, no origin may read anything', async () => {
  const alone = await openApp(await redis.connect(''));
  expect(allowed(await alone.send('/stock', { headers: from(frontEnd) }))).toEqual([null, null]);
  const post = { method: 'POST', body: { item: 'hat' }, headers: from(frontEnd) };
  expect((await alone.send('/basket', post)).status).toBe(403);
});
