import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { alice, closeShops, mallory, openShop } from '../../testing/testApp.ts';
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

  const tries = async (count: number, keys: { account: string; source?: string }) => {
    for (let index = 0; index < count; index++) await throttle.attempt(keys, async () => false);
  };
  /** Seconds to wait; 0 when a password was looked at. */
  const waitFor = async (keys: { account: string; source?: string }) =>
    (await throttle.attempt(keys, async () => false)).wait;
  const account = () => throttle.accountKey('alice@shop.example', undefined);
  const accountOf = (number: number) => throttle.accountKey(`customer-${number}@shop.example`, undefined);
  const source = () => throttle.sourceKey('203.0.113.1');

  test('an account takes 5, then one waits until the window is over', async () => {
    await tries(4, { account: account() });
    expect(await waitFor({ account: account() })).toBe(0);
    const wait = await waitFor({ account: account() });
    expect(wait).toBeGreaterThan(890);
    expect(wait).toBeLessThanOrEqual(900);
    await redis.del(account());
    expect(await waitFor({ account: account() })).toBe(0);
  });

  test('a source takes 50 on any accounts, and what it is refused does not count against them', async () => {
    for (let number = 0; number < 50; number++) await tries(1, { account: accountOf(number), source: source() });
    expect(await waitFor({ account: account(), source: source() })).toBeGreaterThan(890);
    expect(await redis.get(account())).toBeNull();
    expect(await waitFor({ account: account(), source: throttle.sourceKey('203.0.113.2') })).toBe(0);
  });

  test('the window begins with the first try and is not moved by later ones', async () => {
    await tries(1, { account: account() });
    await redis.expire(account(), 100);
    await tries(4, { account: account() });
    expect(await waitFor({ account: account() })).toBeLessThanOrEqual(100);
  });

  /** Looked at only when all that came at the same moment have come past the first look. */
  const together = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const attempt = (right: boolean) =>
      throttle.attempt({ account: account(), source: source() }, async () => {
        await opened;
        return right;
      });
    return { attempt, open };
  };
  const firstLooks = () => new Promise((resolve) => setTimeout(resolve, 100));

  test('of twenty tries at the same moment five are told that they were wrong', async () => {
    const { attempt, open } = together();
    const tries = Array.from({ length: 20 }, () => attempt(false));
    await firstLooks();
    open();
    const waits = (await Promise.all(tries)).map(({ wait }) => wait);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(await redis.mget(account(), source())).toEqual(['20', '20']);
    for (const key of [account(), source()]) expect(await redis.ttl(key)).toBeGreaterThan(0);
  });

  test('the right password is refused when others have used up the tries while it was looked at', async () => {
    const { attempt, open } = together();
    const late = attempt(true);
    await firstLooks();
    await tries(5, { account: account() });
    open();
    expect(await late).toEqual({ wait: expect.any(Number), right: false });
    expect((await late).wait).toBeGreaterThan(890);
    expect(await redis.get(account())).toBe('5');
  });

  test('the right password ends the account’s count and leaves that of the source as it is', async () => {
    const keys = { account: account(), source: source() };
    await tries(3, keys);
    expect(await throttle.attempt(keys, async () => true)).toEqual({ wait: 0, right: true });
    expect(await redis.mget(account(), source())).toEqual([null, '3']);
  });

  test('a try that nobody could look at does not count', async () => {
    const busy = throttle.attempt({ account: account(), source: source() }, () => Promise.reject(new Error('busy')));
    await expect(busy).rejects.toThrow('busy');
    expect(await redis.keys('*')).toEqual([]);
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
