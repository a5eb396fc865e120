import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import {
  absolute,
  alice,
  closeApps,
  idle,
  openApp,
  sessionCookieMatchers,
  type TestApp,
} from '../../testing/testApp.ts';
import { watchedClient } from '../lab/lens/client.ts';
import { cookieName } from './session.ts';

expect.extend(sessionCookieMatchers);

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let app: TestApp;
  let commands: string[];

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
    commands = [];
    app = await openApp(watchedClient(redis, '', ({ name, args }) => commands.push([name, ...args].join(' '))));
  });
  afterEach(closeApps);

  /** Returns the commands since the last call, without the values they wrote and without names that are always new. */
  function newCommands() {
    return commands.splice(0).map((command) =>
      command
        .replace(/^eval .* (\d(?: basket:\S+)+).*$/s, 'eval … $1 …')
        .replace(/^(zadd \S+) .*$/, '$1 …')
        .replace(/ \{.*\}/, ' {…}')
        .replace(/(basket|throttle:account|throttle:source|limit:basket):\S+/g, '$1'),
    );
  }

  test('a visit without a session causes no command, no record and no cookie', async () => {
    for (const path of ['/', '/basket', '/me', '/nowhere']) {
      expect(await app.visitor().get(path)).toSetNoCookie();
    }
    expect(newCommands()).toEqual([]);
    expect(await redis.dbsize()).toBe(0);
  });

  test('each request causes exactly the commands that the narrations describe', async () => {
    const visitor = app.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const anonymous = visitor.sid!;
    expect(newCommands()).toEqual([
      ...['multi', 'set limit:basket 0 EX 900 NX', 'incr limit:basket', 'exec'],
      ...['multi', 'rpush basket hat', 'pexpire basket 28800000', 'exec', 'lrange basket 0 -1'],
      `set sess:${anonymous} {…} EX 1800`,
    ]);

    await visitor.post('/auth/login', alice);
    const sid = visitor.sid!;
    expect(newCommands()).toEqual([
      `get sess:${anonymous}`,
      // The counts of wrong passwords, before the password is checked and after.
      ...['mget throttle:account throttle:source', 'mget throttle:account throttle:source', 'del throttle:account'],
      'eval … 2 basket basket …',
      `del sess:${anonymous}`,
      `set sess:${sid} {…} EX 1800`,
      ...['time', 'multi', 'zadd user:1:sessions …', `pexpire user:1:sessions ${absolute}`],
      ...['zrange user:1:sessions 0 -1', 'exec'],
      // The same session again, at the end of the response : https://github.com/expressjs/session/issues/935
      `set sess:${sid} {…} EX 1800 XX`,
    ]);

    await visitor.get('/me');
    expect(newCommands()).toEqual([`get sess:${sid}`, `expire sess:${sid} 1800`]);

    const thief = app.visitor();
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
    // A basket holds no secret, and expires. So does the count of new baskets.
    const left = (await redis.keys('*')).sort();
    expect(left).toEqual([expect.stringMatching(/^basket:/), expect.stringMatching(/^limit:basket:/)]);
  });

  test('a login without a cookie deletes a record that never existed', async () => {
    const visitor = await app.loggedIn(alice);
    const [, , , del, ...rest] = newCommands();
    expect(del).toMatch(/^del sess:/);
    expect(del).not.toContain(visitor.sid);
    expect(rest.map((command) => command.split(' ')[0])).toEqual(
      'set time multi zadd pexpire zrange exec set'.split(' '),
    );
  });

  test('each request renews record and cookie together', async () => {
    const visitor = await app.loggedIn(alice);
    await redis.pexpire(`sess:${visitor.sid}`, 5000);
    const answer = await visitor.get('/me');
    expect(answer).toSetSessionCookie(idle);
    expect(await redis.pttl(`sess:${visitor.sid}`)).toBeGreaterThan(idle - 3000);
  });

  test('each response in an active session sends the cookie again, whatever its status', async () => {
    const visitor = await app.loggedIn(alice);
    for (const path of ['/', '/admin/users', '/nowhere']) expect(await visitor.get(path)).toSetSessionCookie(idle);
    expect(await visitor.post('/basket', { item: 7 })).toSetSessionCookie(idle);
  });

  test('a cookie whose record has expired gets 401, and no new record', async () => {
    const visitor = await app.loggedIn(alice);
    await redis.pexpire(`sess:${visitor.sid}`, 1);
    await vi.waitFor(async () => expect(await redis.exists(`sess:${visitor.sid}`)).toBe(0), { interval: 2 });

    const answer = await visitor.get('/me');
    expect(answer.status).toBe(401);
    expect(answer).toSetNoCookie();
    expect(await app.sids()).toEqual([]);
  });

  test('a cookie with a wrong signature causes no command', async () => {
    const visitor = await app.loggedIn(alice);
    newCommands();
    const forged = app.visitor();
    for (const value of [`s%3A${visitor.sid}.${'A'.repeat(43)}`, visitor.sid, 's%3A', '%', 's%3A.x']) {
      forged.plant(`${cookieName}=${value}`);
      const answer = await forged.get('/me');
      expect(answer.status).toBe(401);
      expect(answer).toSetNoCookie();
    }
    expect(newCommands()).toEqual([]);
  });
});
