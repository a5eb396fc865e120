import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import {
  absolute,
  alice,
  closeShops,
  idle,
  openShop,
  type Shop,
  sessionCookieMatchers,
} from '../../testing/testApp.ts';
import { watchedClient } from '../lab/lens/client.ts';
import { cookieName } from './session.ts';

expect.extend(sessionCookieMatchers);

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let shop: Shop;
  let commands: string[];

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
    commands = [];
    shop = await openShop(watchedClient(redis, '', ({ name, args }) => commands.push([name, ...args].join(' '))));
  });
  afterEach(closeShops);

  /** The commands since the last time, without the values they wrote and the names that are new each time. */
  function newCommands() {
    return commands.splice(0).map((command) =>
      command
        .replace(/^eval .* (\d(?: basket:\S+)+).*$/s, 'eval … $1 …')
        .replace(/^(zadd \S+) .*$/, '$1 …')
        .replace(/ \{.*\}/, ' {…}')
        .replace(/(basket|throttle:account|throttle:source):\S+/g, '$1'),
    );
  }

  test('a bare visit causes no command, no record and no cookie', async () => {
    for (const path of ['/', '/basket', '/me', '/nowhere']) {
      expect(await shop.visitor().get(path)).toSetNoCookie();
    }
    expect(newCommands()).toEqual([]);
    expect(await redis.dbsize()).toBe(0);
  });

  test('each request causes exactly the commands the narrations speak of', async () => {
    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const anonymous = visitor.sid!;
    expect(newCommands()).toEqual([
      ...['rpush basket hat', 'pexpire basket 28800000', 'lrange basket 0 -1'],
      `set sess:${anonymous} {…} EX 1800`,
    ]);

    await visitor.post('/auth/login', alice);
    const sid = visitor.sid!;
    expect(newCommands()).toEqual([
      `get sess:${anonymous}`,
      // The counts of wrong passwords, before the password is looked at and after.
      ...['mget throttle:account throttle:source', 'mget throttle:account throttle:source', 'del throttle:account'],
      'eval … 2 basket basket …',
      `del sess:${anonymous}`,
      `set sess:${sid} {…} EX 1800`,
      ...['zadd user:1:sessions …', `pexpire user:1:sessions ${absolute}`, 'zrange user:1:sessions 0 -1'],
      // Of the same session once more, at the end of the response (expressjs/session#935).
      `set sess:${sid} {…} EX 1800 XX`,
    ]);

    await visitor.get('/me');
    expect(newCommands()).toEqual([`get sess:${sid}`, `expire sess:${sid} 1800`]);

    const thief = shop.visitor();
    thief.plant(visitor.cookie);
    await visitor.post('/auth/logout');
    expect(newCommands()).toEqual([
      `get sess:${sid}`,
      `del sess:${sid}`,
      'zrange user:1:sessions 0 -1',
      `del sess:${sid}`,
      'zrem user:1:sessions {…}',
    ]);

    expect((await thief.get('/me')).status).toBe(401);
    expect(newCommands()).toEqual([`get sess:${sid}`]);
    // What is in a basket is nobody's secret, and ends by itself.
    expect(await redis.keys('*')).toEqual([expect.stringMatching(/^basket:/)]);
  });

  test('a login without a cookie deletes a record that never was', async () => {
    const visitor = await shop.loggedIn(alice);
    const [, , , del, ...rest] = newCommands();
    expect(del).toMatch(/^del sess:/);
    expect(del).not.toContain(visitor.sid);
    expect(rest.map((command) => command.split(' ')[0])).toEqual(['set', 'zadd', 'pexpire', 'zrange', 'set']);
  });

  test('each request renews record and cookie together', async () => {
    const visitor = await shop.loggedIn(alice);
    await redis.pexpire(`sess:${visitor.sid}`, 5000);
    const answer = await visitor.get('/me');
    expect(answer).toSetSessionCookie(idle);
    expect(await redis.pttl(`sess:${visitor.sid}`)).toBeGreaterThan(idle - 3000);
  });

  test('each answer to a live session sends the cookie again, whatever it is', async () => {
    const visitor = await shop.loggedIn(alice);
    for (const path of ['/', '/admin/users', '/nowhere']) expect(await visitor.get(path)).toSetSessionCookie(idle);
    expect(await visitor.post('/basket', { item: 7 })).toSetSessionCookie(idle);
  });

  test('a record that expired is 401 for whoever holds the cookie, and no new one is made', async () => {
    const visitor = await shop.loggedIn(alice);
    await redis.pexpire(`sess:${visitor.sid}`, 1);
    await vi.waitFor(async () => expect(await redis.exists(`sess:${visitor.sid}`)).toBe(0), { interval: 2 });

    const answer = await visitor.get('/me');
    expect(answer.status).toBe(401);
    expect(answer).toSetNoCookie();
    expect(await shop.sids()).toEqual([]);
  });

  test('a cookie with another signature causes no command at all', async () => {
    const visitor = await shop.loggedIn(alice);
    newCommands();
    const forged = shop.visitor();
    for (const value of [`s%3A${visitor.sid}.${'A'.repeat(43)}`, visitor.sid, 's%3A', '%', 's%3A.x']) {
      forged.plant(`${cookieName}=${value}`);
      const answer = await forged.get('/me');
      expect(answer.status).toBe(401);
      expect(answer).toSetNoCookie();
    }
    expect(newCommands()).toEqual([]);
  });
});
