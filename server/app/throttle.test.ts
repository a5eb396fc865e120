import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../lab/testRedis.ts';
import { alice, closeShops, mallory, openShop } from './testShop.ts';
import { createThrottle, type Throttle } from './throttle.ts';

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let throttle: Throttle;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
    throttle = createThrottle(redis);
  });
  afterEach(closeShops);

  const failTimes = async (count: number, key: string) => {
    for (let tries = 0; tries < count; tries++) await throttle.countFailure([key]);
  };
  const account = () => throttle.accountKey('alice@shop.example', undefined);

  test.each<[what: string, keyOf: () => string, limit: number]>([
    ['an account takes 5', account, 5],
    ['a source takes 50', () => throttle.sourceKey('203.0.113.1'), 50],
  ])('%s, then one waits until the window is over', async (_, keyOf, limit) => {
    const key = keyOf();
    await failTimes(limit - 1, key);
    expect(await throttle.wait([key])).toBe(0);
    await failTimes(1, key);
    const wait = await throttle.wait([key]);
    expect(wait).toBeGreaterThan(890);
    expect(wait).toBeLessThanOrEqual(900);
    await redis.del(key);
    expect(await throttle.wait([key])).toBe(0);
  });

  test('the window begins with the first failure and is not moved by later ones', async () => {
    await failTimes(1, account());
    await redis.expire(account(), 100);
    await failTimes(4, account());
    expect(await throttle.wait([account()])).toBeLessThanOrEqual(100);
  });

  test('failures at the same moment are all counted', async () => {
    await Promise.all(Array.from({ length: 20 }, () => throttle.countFailure([account()])));
    expect(await redis.get(account())).toBe('20');
    expect(await redis.ttl(account())).toBeGreaterThan(0);
  });

  test('an account is the same in any case, and its key names nobody', () => {
    expect(throttle.accountKey('Alice@Shop.Example', undefined)).toBe(account());
    expect(account()).not.toContain('alice');
  });

  test('the right password is refused as a wrong one while the account waits; other accounts are not', async () => {
    const shop = await openShop(redis);
    const guesser = shop.visitor();
    const guess = () => guesser.post('/auth/login', { ...alice, password: 'guess' });
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401);
    const [wrong, right] = [await guess(), await guesser.post('/auth/login', alice)];
    expect([wrong.status, right.status]).toEqual([429, 429]);
    expect(right.text).toBe(wrong.text);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(shop.audited.at(-1)).toEqual({ name: 'authn_login_throttled' });
    expect((await shop.visitor().post('/auth/login', mallory)).status).toBe(200);
  });

  test('an account’s tries are counted whatever address they come from', async () => {
    const shop = await openShop(redis);
    const guess = (address: string) =>
      shop.visitor().post('/auth/login', { ...alice, password: 'guess' }, { 'X-Forwarded-For': address });
    for (let tries = 0; tries < 5; tries++) await guess(`198.51.100.${tries}`);
    expect((await guess('198.51.100.99')).status).toBe(429);
  });

  test('its owner, whose device has logged in before, is not locked out by somebody else’s guesses', async () => {
    const shop = await openShop(redis);
    const owner = await shop.loggedIn(alice);
    await owner.post('/auth/logout');
    for (let tries = 0; tries < 6; tries++) await shop.visitor().post('/auth/login', { ...alice, password: 'guess' });
    expect((await shop.visitor().post('/auth/login', alice)).status).toBe(429);
    expect((await owner.post('/auth/login', alice)).status).toBe(200);
  });

  test('what its owner mistyped before the right password does not count', async () => {
    const shop = await openShop(redis);
    const owner = shop.visitor();
    const logIn = async (password: string) => (await owner.post('/auth/login', { ...alice, password })).status;
    for (let round = 0; round < 3; round++) {
      for (let tries = 0; tries < 4; tries++) expect(await logIn('typo')).toBe(401);
      expect(await logIn(alice.password)).toBe(200);
      await owner.post('/auth/logout');
    }
  });
});
