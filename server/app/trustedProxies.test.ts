import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import { trustedProxies } from './trustedProxies.ts';

let mock: MockRedis;

beforeEach(() => {
  mock = createMockRedis();
});
afterEach(async () => {
  await closeShops();
  await mock.close();
});

const shopThatTrusts = async (proxies: typeof trustedProxies) =>
  openShop(await mock.connect(''), { parts: { trustedProxies: proxies } });

// What our proxy is called with comes first, what it appends itself comes last.
const guessFrom = (invented: string) => ({
  method: 'POST',
  body: { ...alice, password: 'wrong' },
  headers: { 'X-Forwarded-For': `${invented}, 203.0.113.9` },
});

test.each([
  ['our one proxy', trustedProxies, 1],
  ['none', false, 1],
  ['everybody', true, 3],
])('trusting %s (trust proxy: %j), three invented addresses count as %i', async (_, proxies, addresses) => {
  const shop = await shopThatTrusts(proxies);
  for (const invented of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
    expect((await shop.send('/auth/login', guessFrom(invented))).status).toBe(401);
  }
  expect(await shop.redis.keys('throttle:source:*')).toHaveLength(addresses);
});

test('trusting none, a login behind the proxy is answered 200, stored, and without a session cookie', async () => {
  const shop = await shopThatTrusts(false);
  const { status, setCookie } = await shop.send('/auth/login', { method: 'POST', body: alice });
  expect(status).toBe(200);
  expect(setCookie.filter((cookie) => cookie.includes('sid='))).toEqual([]);
  expect(await shop.sids()).toHaveLength(1);
});

test('over plain http, a login gets no session cookie either', async () => {
  const shop = await shopThatTrusts(trustedProxies);
  const headers = { 'X-Forwarded-Proto': 'http' };
  const { setCookie } = await shop.send('/auth/login', { method: 'POST', body: alice, headers });
  expect(setCookie.filter((cookie) => cookie.includes('sid='))).toEqual([]);
});
