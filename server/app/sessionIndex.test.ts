import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { absolute, alice, closeApps, openApp } from '../../testing/testApp.ts';
import type { Services } from './services.ts';
import { createSessionIndex, mostSessions, type SessionIndex } from './sessionIndex.ts';
import { SessionStore } from './sessionStore.ts';

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let index: SessionIndex;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
    index = createSessionIndex(
      { redis, absoluteMs: absolute } as Services,
      new SessionStore({ client: redis, prefix: 'sess:' }),
    );
  });
  afterEach(closeApps);

  /** Adds a session with a record. */
  async function add(sid: string, loginAt: number, userId = 1) {
    await redis.set(`sess:${sid}`, '{"cookie":{}}');
    return index.add(userId, { sid, device: 'a browser', loginAt });
  }
  const sids = async () => (await index.list(1)).map(({ sid }) => sid);

  test('lists a user’s own sessions, in the order in which they were added', async () => {
    await add('early', 100);
    await add('stranger', 200, 2);
    await add('late', 300);
    expect(await sids()).toEqual(['early', 'late']);
    expect(await index.list(1)).toMatchObject([{ device: 'a browser', loginAt: 100 }, { loginAt: 300 }]);
  });

  test('ends the oldest session even when the clock of the newest one’s instance is behind', async () => {
    const app = await openApp(redis);
    const behind = await openApp(redis, { users: app.users });
    behind.clock.ahead = -2 * 60_000;
    const devices = [];
    for (let count = 0; count < mostSessions; count++) devices.push(await app.loggedIn(alice));
    const newest = await behind.loggedIn(alice);
    expect((await newest.get('/me')).status).toBe(200);
    const statuses = await Promise.all(devices.map(async (device) => (await device.get('/me')).status));
    expect(statuses).toEqual([401, 200, 200, 200, 200]);
    expect((await newest.get('/sessions')).json.sessions.at(-1)).toMatchObject({ current: true });
  });

  test('ends the oldest session beyond the limit, with its record', async () => {
    const evicted: number[] = [];
    for (let at = 1; at <= mostSessions + 2; at++) evicted.push(await add(`s${at}`, at));
    expect(evicted).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(await sids()).toEqual(['s3', 's4', 's5', 's6', 's7']);
    expect((await redis.keys('sess:*')).sort()).toEqual(['sess:s3', 'sess:s4', 'sess:s5', 'sess:s6', 'sess:s7']);
  });

  test('does not count an entry whose record has expired, and removes it when the limit is reached', async () => {
    for (let at = 1; at <= mostSessions; at++) await add(`s${at}`, at);
    await redis.del('sess:s3', 'sess:s4');
    expect(await add('s6', 6)).toBe(0);
    expect(await redis.zcard('user:1:sessions')).toBe(4);
    expect(await sids()).toEqual(['s1', 's2', 's5', 's6']);
  });

  test('keeps a session on the list when ending it fails, so that it can be ended later', async () => {
    for (let at = 1; at <= mostSessions; at++) await add(`s${at}`, at);
    const failing = vi.spyOn(redis, 'del').mockRejectedValue(new Error('gone'));
    await expect(add('s6', 6)).rejects.toThrow('gone');
    failing.mockRestore();
    expect(await sids()).toEqual(['s1', 's2', 's3', 's4', 's5', 's6']);
  });

  test('ends no other session when a user at the limit types the password again', async () => {
    const app = await openApp(redis);
    const devices = [];
    for (let count = 0; count < mostSessions; count++) devices.push(await app.loggedIn(alice));
    const newest = devices.at(-1)!;
    expect((await newest.post('/auth/confirm', { password: alice.password })).status).toBe(200);
    await newest.post('/auth/login', alice);
    for (const device of devices) expect((await device.get('/me')).status).toBe(200);
    expect(app.audited.map(({ name }) => name)).not.toContain('excess_sessions_exceeded');
  });

  test('keeps no more sessions than the limit when many are added at the same moment', async () => {
    const evicted = await Promise.all(Array.from({ length: 12 }, (_, at) => add(`s${at}`, at)));
    expect(evicted.reduce((sum, one) => sum + one, 0)).toBe(12 - mostSessions);
    expect(await redis.zcard('user:1:sessions')).toBe(mostSessions);
    expect(await redis.keys('sess:*')).toHaveLength(mostSessions);
  });

  test('leaves five active sessions after ten logins at the same moment', async () => {
    const app = await openApp(redis);
    const people = Array.from({ length: 10 }, () => app.visitor());
    const answers = await Promise.all(people.map((person) => person.post('/auth/login', alice)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const now = await Promise.all(people.map((person) => person.get('/me')));
    expect(now.filter(({ status }) => status === 200)).toHaveLength(mostSessions);
    expect(await app.sids()).toHaveLength(mostSessions);
    expect(app.audited.filter(({ name }) => name === 'excess_sessions_exceeded')).toHaveLength(mostSessions);
  });

  test('ends the picked sessions, and returns their number', async () => {
    for (const [at, sid] of ['a', 'b', 'c'].entries()) await add(sid, at);
    expect(await index.endWhere(1, ({ sid }) => sid !== 'b')).toBe(2);
    expect(await index.endWhere(1, ({ sid }) => sid === 'nobody')).toBe(0);
    expect(await sids()).toEqual(['b']);
    expect(await redis.keys('sess:*')).toEqual(['sess:b']);
  });

  test('expires when the last session must have ended', async () => {
    await add('a', 1);
    const left = await redis.pttl('user:1:sessions');
    expect(left).toBeGreaterThan(absolute - 3000);
    expect(left).toBeLessThanOrEqual(absolute);
  });
});
