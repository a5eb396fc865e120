import type { SessionData } from 'express-session';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { alice, closeShops, openShop } from '../../testing/testApp.ts';
import { destroyById, load } from './sessionCalls.ts';
import { handleOf } from './sessionIndex.ts';
import { SessionStore } from './sessionStore.ts';

/** As express-session makes it for a request; the store only reads the cookie and writes the whole. */
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
  afterEach(closeShops);
  beforeEach(async () => {
    await redis.flushall();
    store = new SessionStore({ client: redis, prefix: 'sess:' });
  });

  test('a session that was just made is stored, and may be stored again', async () => {
    const session = sessionOf(1);
    await store.set('a', session);
    session.userId = 2;
    await store.set('a', session);
    expect(await load(store, 'a')).toMatchObject({ userId: 2 });
    expect(await redis.ttl('sess:a')).toBe(60);
  });

  test('a session that was ended between two saves of one request stays ended', async () => {
    const session = sessionOf(1);
    await store.set('a', session);
    await destroyById(store, 'a');
    await store.set('a', session);
    expect(await redis.exists('sess:a')).toBe(0);
  });

  test('a session that was loaded, and ended meanwhile, is not written back', async () => {
    await store.set('a', sessionOf(1));
    const loaded = await new Promise<SessionData>((resolve) => store.load('a', (_, session) => resolve(session!)));
    await destroyById(store, 'a');
    await store.set('a', loaded);
    expect(await redis.exists('sess:a')).toBe(0);
  });

  /** A shop whose orders are paid when `pay` is called, and somebody whose order is being paid for. */
  async function withAnOrderUnderWay() {
    let pay = () => {};
    const paid = new Promise<void>((resolve) => {
      pay = resolve;
    });
    const charge = vi.fn(() => paid);
    const shop = await openShop(redis, { charge });
    const [laptop, phone] = [await shop.loggedIn(alice, 'Laptop'), await shop.loggedIn(alice, 'Phone')];
    await laptop.post('/basket', { item: 'hat' });
    const { sid, cookie } = laptop;
    const order = laptop.post('/orders');
    await vi.waitFor(() => expect(charge).toHaveBeenCalled());
    return { shop, laptop, phone, sid: sid!, cookie, order, pay };
  }

  test.each<[how: string, end: (all: Awaited<ReturnType<typeof withAnOrderUnderWay>>) => Promise<unknown>]>([
    ['its own logout', ({ laptop }) => laptop.post('/auth/logout')],
    [
      'its owner, from the phone',
      ({ phone, sid }) => phone.post(`/sessions/${handleOf(sid)}/end`, { password: alice.password }),
    ],
    ['a deleted key', ({ sid }) => redis.del(`sess:${sid}`)],
  ])('a request that is under way does not bring back a session ended by %s', async (_, end) => {
    const all = await withAnOrderUnderWay();
    await end(all);
    expect(await all.shop.record(all.sid)).toBeNull();
    all.pay();
    expect((await all.order).status).toBe(201);
    expect(await all.shop.record(all.sid)).toBeNull();
    const thief = all.shop.visitor();
    thief.plant(all.cookie);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('a request that is under way stores what it changed in a session that lives', async () => {
    const { shop, sid, order, pay } = await withAnOrderUnderWay();
    expect(await shop.record(sid)).toHaveProperty('basketId');
    pay();
    expect((await order).status).toBe(201);
    expect(await shop.record(sid)).not.toHaveProperty('basketId');
  });
});
