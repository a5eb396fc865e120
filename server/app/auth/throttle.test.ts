import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { alice, closeApps, mallory, openApp, type TestApp, tokenIn, type Visitor } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { accountKey, attempt, sourceKey } from './throttle.ts';

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
  });
  afterEach(closeApps);

  const tries = async (count: number, keys: { account: string; source?: string }) => {
    for (let index = 0; index < count; index++) await attempt(redis, keys, async () => false);
  };
  /** Tries a wrong password. Returns the seconds to wait, or 0 when the password was checked. */
  const waitFor = async (keys: { account: string; source?: string }) =>
    (await attempt(redis, keys, async () => false)).waitSeconds;
  const account = () => accountKey('alice@shop.example', undefined);
  const accountOf = (number: number) => accountKey(`customer-${number}@shop.example`, undefined);
  const source = () => sourceKey('203.0.113.1');

  test('an account accepts 5 wrong passwords, then nobody may try until the window ends', async () => {
    await tries(4, { account: account() });
    expect(await waitFor({ account: account() })).toBe(0);
    const wait = await waitFor({ account: account() });
    expect(wait).toBeGreaterThan(890);
    expect(wait).toBeLessThanOrEqual(900);
    await redis.del(account());
    expect(await waitFor({ account: account() })).toBe(0);
  });

  test('a source may try 50 on any accounts, and tries beyond do not count against the accounts', async () => {
    for (let number = 0; number < 50; number++) await tries(1, { account: accountOf(number), source: source() });
    expect(await waitFor({ account: account(), source: source() })).toBeGreaterThan(890);
    expect(await redis.get(account())).toBeNull();
    expect(await waitFor({ account: account(), source: sourceKey('203.0.113.2') })).toBe(0);
  });

  test('the window starts with the first try, and later tries do not extend it', async () => {
    await tries(1, { account: account() });
    await redis.expire(account(), 100);
    await tries(4, { account: account() });
    expect(await waitFor({ account: account() })).toBeLessThanOrEqual(100);
  });

  /** Attempts whose password is checked only when all of them have passed the first look at the counts. */
  const together = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const check = (correct: boolean) =>
      attempt(redis, { account: account(), source: source() }, async () => {
        await opened;
        return correct;
      });
    return { check, open };
  };
  const firstReadings = () => new Promise((resolve) => setTimeout(resolve, 100));

  test('only five of twenty tries at the same moment learn that they were wrong', async () => {
    const { check, open } = together();
    const tries = Array.from({ length: 20 }, () => check(false));
    await firstReadings();
    open();
    const waits = (await Promise.all(tries)).map(({ waitSeconds }) => waitSeconds);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(await redis.mget(account(), source())).toEqual(['20', '20']);
    for (const key of [account(), source()]) expect(await redis.ttl(key)).toBeGreaterThan(0);
  });

  test('the correct password is refused when others use up the tries during its check', async () => {
    const { check, open } = together();
    const late = check(true);
    await firstReadings();
    await tries(5, { account: account() });
    open();
    expect(await late).toEqual({ waitSeconds: expect.any(Number), correct: false });
    expect((await late).waitSeconds).toBeGreaterThan(890);
    expect(await redis.get(account())).toBe('5');
  });

  test('the correct password resets the counter of the account, but not that of the source', async () => {
    const keys = { account: account(), source: source() };
    await tries(3, keys);
    expect(await attempt(redis, keys, async () => true)).toEqual({ waitSeconds: 0, correct: true });
    expect(await redis.mget(account(), source())).toEqual([null, '3']);
  });

  test('a try whose check fails does not count', async () => {
    const busy = attempt(redis, { account: account(), source: source() }, () => Promise.reject(new Error('busy')));
    await expect(busy).rejects.toThrow('busy');
    expect(await redis.keys('*')).toEqual([]);
  });

  test('the key of an account ignores upper and lower case, and does not contain the e-mail', () => {
    expect(accountKey('Alice@Shop.Example', undefined)).toBe(account());
    expect(account()).not.toContain('alice');
  });

  test('the correct password is refused like a wrong one while its account waits, and only there', async () => {
    const app = await openApp(redis);
    const guesser = app.visitor();
    const guess = () => guesser.post('/auth/login', { ...alice, password: 'guess' });
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401);
    const [wrong, right] = [await guess(), await guesser.post('/auth/login', alice)];
    expect([wrong.status, right.status]).toEqual([429, 429]);
    expect(right.text).toBe(wrong.text);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(app.audited.at(-1)).toEqual({ name: 'authn_login_throttled' });
    expect((await app.visitor().post('/auth/login', mallory)).status).toBe(200);
  });

  test('tries for an account count whatever address they come from', async () => {
    const app = await openApp(redis);
    const guess = (address: string) =>
      app.visitor().post('/auth/login', { ...alice, password: 'guess' }, { 'X-Forwarded-For': address });
    for (let tries = 0; tries < 5; tries++) await guess(`198.51.100.${tries}`);
    expect((await guess('198.51.100.99')).status).toBe(429);
  });

  test('tries from one /64 of IPv6 count together, and another one is another source', async () => {
    const app = await openApp(redis);
    const guess = async (address: string, number: number) => {
      const body = { email: `nobody-${number}@shop.example`, password: 'guess' };
      return (await app.visitor().post('/auth/login', body, { 'X-Forwarded-For': address })).status;
    };
    const statuses = [];
    for (let number = 0; number < 60; number++) statuses.push(await guess(`2001:db8:0:1::${number}`, number));
    expect(statuses).toEqual([...Array(50).fill(401), ...Array(10).fill(429)]);
    expect(await guess('2001:db8:0:2::1', 61)).toBe(401);
  });

  test('guesses of others do not lock out the owner on a device that has logged in before', async () => {
    const app = await openApp(redis);
    const owner = await app.loggedIn(alice);
    await owner.post('/auth/logout');
    for (let tries = 0; tries < 6; tries++) await app.visitor().post('/auth/login', { ...alice, password: 'guess' });
    expect((await app.visitor().post('/auth/login', alice)).status).toBe(429);
    expect((await owner.post('/auth/login', alice)).status).toBe(200);
  });

  test('wrong passwords before a correct one do not add up', async () => {
    const app = await openApp(redis);
    const owner = app.visitor();
    const logIn = async (password: string) => (await owner.post('/auth/login', { ...alice, password })).status;
    for (let round = 0; round < 3; round++) {
      for (let tries = 0; tries < 4; tries++) expect(await logIn('typo')).toBe(401);
      expect(await logIn(alice.password)).toBe(200);
      await owner.post('/auth/logout');
    }
  });
});

describe('known devices', () => {
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

  const name = '__Host-device';

  /** Uses up the account's tries from elsewhere. Then a known device may log in (200), and others may not (429). */
  async function loginWhenThrottled(visitor: Visitor): Promise<number> {
    for (let tries = 0; tries < 5; tries++) await app.visitor().post('/auth/login', { ...alice, password: 'guess' });
    return (await visitor.post('/auth/login', alice)).status;
  }

  test('a login sets a protected cookie for a year, and a failed login sets none', async () => {
    const answer = await app.visitor().post('/auth/login', alice);
    const cookie = answer.setCookie.find((header) => header.startsWith(`${name}=1.`));
    expect(cookie).toMatch(/; Max-Age=31536000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    const failed = await app.visitor().post('/auth/login', { ...alice, password: 'wrong' });
    expect(failed.setCookie).toEqual([]);
  });

  test('the cookie opens nothing by itself', async () => {
    const thief = app.visitor();
    thief.plant((await app.loggedIn(alice)).cookieNamed(name));
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('the cookie stays after a logout, and the device is still known', async () => {
    const person = await app.loggedIn(alice);
    await person.post('/auth/logout');
    expect(person.cookieNamed(name)).toBeDefined();
    expect(await loginWhenThrottled(person)).toBe(200);
  });

  test.each<[what: string, forged: (cookie: string) => string]>([
    ['is invented', () => `${name}=1.${'A'.repeat(16)}.${'A'.repeat(43)}`],
    ['has no signature', () => `${name}=1`],
    ['has another random part', (cookie) => cookie.replace(/=2\.../, '=1.AA')],
    ['is another user’s with this user’s id', (cookie) => cookie.replace('=2.', '=1.')],
    ['is another user’s', (cookie) => cookie],
  ])('a device is not known by a cookie that %s', async (_, forged) => {
    const stranger = await app.loggedIn(mallory);
    const visitor = app.visitor();
    visitor.plant(forged(stranger.cookieNamed(name)!));
    expect(await loginWhenThrottled(visitor)).toBe(429);
  });

  test('each device has its own cookie and its own tries', async () => {
    const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
    expect(laptop.cookieNamed(name)).not.toBe(phone.cookieNamed(name));
    for (const device of [laptop, phone]) await device.post('/auth/logout');
    // A thief with the laptop's cookie uses up the laptop's tries, but not the phone's.
    const thief = app.visitor();
    thief.plant(laptop.cookieNamed(name));
    for (let tries = 0; tries < 6; tries++) await thief.post('/auth/login', { ...alice, password: 'guess' });
    expect((await laptop.post('/auth/login', alice)).status).toBe(429);
    expect((await phone.post('/auth/login', alice)).status).toBe(200);
  });

  const newPassword = 'down-the-rabbit-hole';
  const byForm = async () => {
    const owner = await app.loggedIn(alice);
    await owner.post('/account/password', { currentPassword: alice.password, newPassword });
    await owner.post('/auth/logout');
    return owner;
  };
  const byMail = async () => {
    await app.visitor().post('/auth/forgot', { email: alice.email });
    await app.visitor().post('/auth/reset', { token: tokenIn(app.mails.at(-1)), password: newPassword });
  };

  test.each<[how: string, change: () => Promise<unknown>]>([
    ['by form', byForm],
    ['by mail', byMail],
  ])('who collected devices with the old password shares five tries after it was changed %s', async (_, change) => {
    const collected = await Promise.all(Array.from({ length: 9 }, () => app.loggedIn(alice)));
    await change();
    const statuses = [];
    for (const thief of collected) {
      thief.plant(undefined);
      for (let tries = 0; tries < 5; tries++) {
        statuses.push((await thief.post('/auth/login', { ...alice, password: 'guess' })).status);
      }
    }
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(40).fill(429)]);
  });

  test('the device on which the password is changed stays known', async () => {
    const owner = await byForm();
    for (let tries = 0; tries < 6; tries++) await app.visitor().post('/auth/login', { ...alice, password: 'guess' });
    expect((await app.visitor().post('/auth/login', { ...alice, password: newPassword })).status).toBe(429);
    expect((await owner.post('/auth/login', { ...alice, password: newPassword })).status).toBe(200);
  });

  test('a known device has as many tries as others', async () => {
    const person = await app.loggedIn(alice);
    await person.post('/auth/logout');
    const logIn = async (password: string) => (await person.post('/auth/login', { ...alice, password })).status;
    for (let tries = 0; tries < 5; tries++) expect(await logIn('guess')).toBe(401);
    expect(await logIn(alice.password)).toBe(429);
  });
});
