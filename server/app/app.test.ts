import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import { trustedProxies } from './app.ts';

let mock: MockRedis;

beforeEach(() => {
  mock = createMockRedis();
});
afterEach(async () => {
  await closeApps();
  await mock.close();
});

describe('trusted proxies', () => {
  const appThatTrusts = async (proxies: typeof trustedProxies) =>
    openApp(await mock.connect(''), { parts: { trustedProxies: proxies } });

  // A proxy appends the address that it sees to the ones that the visitor wrote.
  const guessFrom = (invented: string) => ({
    method: 'POST',
    body: { ...alice, password: 'wrong' },
    headers: { 'X-Forwarded-For': `${invented}, 203.0.113.9` },
  });

  test.each([
    ['our one proxy', trustedProxies, 1],
    ['none', false, 1],
    ['every proxy', true, 3],
  ])('with %s trusted (%j), three invented addresses count as %i', async (_, proxies, addresses) => {
    const app = await appThatTrusts(proxies);
    for (const invented of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
      expect((await app.send('/auth/login', guessFrom(invented))).status).toBe(401);
    }
    expect(await app.redis.keys('throttle:source:*')).toHaveLength(addresses);
  });

  test('with none trusted, a login behind a proxy is answered 200 but sets no session cookie', async () => {
    const app = await appThatTrusts(false);
    const { status, setCookie } = await app.send('/auth/login', { method: 'POST', body: alice });
    expect(status).toBe(200);
    expect(setCookie.filter((cookie) => cookie.includes('sid='))).toEqual([]);
    expect(await app.sids()).toHaveLength(1);
  });

  test('a login over plain HTTP sets no session cookie either', async () => {
    const app = await appThatTrusts(trustedProxies);
    const headers = { 'X-Forwarded-Proto': 'http' };
    const { setCookie } = await app.send('/auth/login', { method: 'POST', body: alice, headers });
    expect(setCookie.filter((cookie) => cookie.includes('sid='))).toEqual([]);
  });
});
