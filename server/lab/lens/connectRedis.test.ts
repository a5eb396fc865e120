import { RedisStore } from 'connect-redis';
import type { SessionData } from 'express-session';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { watchedClient } from './client.ts';

const ns = 'sandbox:1:';

/** What connect-redis tests of itself with ioredis, as facts: tj/connect-redis, index_test.ts. The records of others are added here. */
describe.each(bothKinds)('through a watched client on %s Redis, the store of connect-redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let outside: Redis;
  let store: RedisStore;

  const endingIn = (ms: number, data = {}) =>
    ({ ...data, cookie: { originalMaxAge: null, expires: new Date(Date.now() + ms) } }) as unknown as SessionData;
  const sorted = async () => ((await store.ids()) as string[]).sort();

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    redis = watchedClient(await stores.connect(ns), ns, (_, reply) => void reply.catch(() => {}));
    outside = await stores.connect();
    await outside.mset({ 'sess:foreign': '{}', 'sandbox:2:sess:foreign': '{}' });
    store = new RedisStore({ client: redis });
  });
  afterAll(() => stores.close());

  test('stores a record for a day, or as long as its cookie lives', async () => {
    await store.set('123', { foo: 'bar', cookie: { originalMaxAge: null } } as unknown as SessionData);
    expect(await store.get('123')).toEqual({ foo: 'bar', cookie: { originalMaxAge: null } });
    expect(await redis.ttl('sess:123')).toBeGreaterThanOrEqual(86_399);
    await store.set('456', endingIn(60_000));
    expect(await redis.ttl('sess:456')).toBeLessThanOrEqual(60);
    await store.touch('456', endingIn(90_000));
    expect(await redis.ttl('sess:456')).toBeGreaterThan(60);
  });

  test('counts, lists and reads its own records', async () => {
    expect(await store.length()).toBe(2);
    expect(await sorted()).toEqual(['123', '456']);
    const all = (await store.all()) as unknown as { id: string }[];
    expect(all.map(({ id }) => id).sort()).toEqual(['123', '456']);
  });

  test('destroys one, and clears all of its own', async () => {
    await store.destroy('456');
    expect(await sorted()).toEqual(['123']);
    await store.clear();
    expect([await store.length(), await store.ids(), await store.all()]).toEqual([0, [], []]);
  });

  test('counts and clears a thousand', async () => {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => store.set(`s${index}`, endingIn(10_000))));
    expect(await store.length()).toBe(1000);
    await store.clear();
    expect(await store.length()).toBe(0);
  });

  test('deletes a record whose cookie has expired', async () => {
    await store.set('789', endingIn(90_000));
    expect(await store.length()).toBe(1);
    await store.set('789', endingIn(-90_000));
    expect(await store.length()).toBe(0);
  });

  test('leaves the records of others as they are', async () => {
    expect((await outside.keys('*')).sort()).toEqual(['sandbox:2:sess:foreign', 'sess:foreign']);
  });
});
