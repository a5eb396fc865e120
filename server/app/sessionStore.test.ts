import type { SessionData } from 'express-session';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { alice, closeApps, openApp } from '../../testing/testApp.ts';
import { handleOf } from './sessionIndex.ts';
import { destroyById, load, SessionStore } from './sessionStore.ts';

/** A session as express-session creates it for a request. The store reads only its cookie, and writes all of it. */
const sessionOf = (userId: number) => ({ userId, cookie: { maxAge: 60_000 } }) as unknown as SessionData;

describe.each(bothKinds)('on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Redis;
  let store: SessionStore;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    redis = await stores.connect();
  });
  afterAll(() => stores.close());
  afterEach(closeApps);
  beforeEach(async () => {
    await redis.flushall();
    store = new SessionStore({ client: redis, prefix: 'sess:' });
  });

  test('a new session is stored, and may be stored again', async () => {
    const session = sessionOf(1);
    await store.set('a', session);
    session.userId = 2;
    await store.set('a', session);
    expect(await load(store, 'a')).toMatchObject({ userId: 2 });
    expect(await redis.ttl('sess:a')).toBe(60);
  });

  test('a session that ends between two saves of one request stays ended', async () => {
    const session = sessionOf(1);
    await store.set('a', session);
    await destroyById(store, 'a');
    await store.set('a', session);
    expect(await redis.exists('sess:a')).toBe(0);
  });

  test('a session that was loaded and has ended meanwhile is not written back', async () => {
    await store.set('a', sessionOf(1));
    const loaded = await new Promise<SessionData>((resolve) => store.load('a', (_, session) => resolve(session!)));
    await destroyById(store, 'a');
    await store.set('a', loaded);
    expect(await redis.exists('sess:a')).toBe(0);
  });

  /** An app with a request that changes its session, and that is in progress until `goOn` is called. */
  async function withChangeInProgress() {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const app = await openApp(redis);
    const [laptop, phone] = [await app.loggedIn(alice, 'Laptop'), await app.loggedIn(alice, 'Phone')];
    const multi = redis.multi.bind(redis);
    const adds = vi.fn();
    vi.spyOn(redis, 'multi').mockImplementation(() => {
      const transaction = multi();
      const exec = transaction.exec.bind(transaction);
      transaction.exec = async () => {
        adds();
        await held;
        return exec();
      };
      return transaction;
    });
    const { sid, cookie } = laptop;
    const adding = laptop.post('/basket', { item: 'hat' });
    await eventually(() => expect(adds).toHaveBeenCalled());
    return { app, laptop, phone, sid: sid!, cookie, adding, goOn };
  }

  test.each<[how: string, end: (all: Awaited<ReturnType<typeof withChangeInProgress>>) => Promise<unknown>]>([
    ['its own logout', ({ laptop }) => laptop.post('/auth/logout')],
    [
      'its owner, from the phone',
      ({ phone, sid }) => phone.post(`/sessions/${handleOf(sid)}/end`, { password: alice.password }),
    ],
    ['a deleted key', ({ sid }) => redis.del(`sess:${sid}`)],
  ])('a request in progress does not bring back a session that was ended by %s', async (_, end) => {
    const all = await withChangeInProgress();
    await end(all);
    expect(await all.app.record(all.sid)).toBeNull();
    all.goOn();
    expect((await all.adding).status).toBe(200);
    expect(await all.app.record(all.sid)).toBeNull();
    const thief = all.app.visitor();
    thief.plant(all.cookie);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('a request in progress stores its changes in a session that is still active', async () => {
    const { app, sid, adding, goOn } = await withChangeInProgress();
    expect(await app.record(sid)).not.toHaveProperty('basketId');
    goOn();
    expect((await adding).status).toBe(200);
    expect(await app.record(sid)).toHaveProperty('basketId');
  });
});
