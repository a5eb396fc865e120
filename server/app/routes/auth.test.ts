import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { alice, closeShops, idle, openShop, type Shop, sessionCookieMatchers } from '../testShop.ts';

expect.extend(sessionCookieMatchers);

let redis: MockRedis;
let shop: Shop;

beforeEach(async () => {
  redis = createMockRedis();
  shop = await openShop(await redis.connect(''));
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

describe('login', () => {
  test('answers who it is, sets a cookie with every protection and stores one record that lives as long', async () => {
    const visitor = shop.visitor();
    const answer = await visitor.post('/auth/login', alice);

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ id: 1, email: alice.email });
    expect(answer).toSetSessionCookie(idle);
    expect(await shop.sids()).toEqual([visitor.sid]);
    const ttl = await shop.redis.pttl(`sess:${visitor.sid}`);
    expect(ttl).toBeGreaterThan(idle - 3000);
    expect(ttl).toBeLessThanOrEqual(idle);
  });

  test('writes into the record who, as what, since when and the basket, and nothing else', async () => {
    const before = Date.now();
    const withoutBasket = await shop.loggedIn(alice);
    expect(Object.keys(await shop.record(withoutBasket.sid)).sort()).toEqual(['cookie', 'loginAt', 'role', 'userId']);

    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    await visitor.post('/auth/login', alice);

    const { cookie, ...rest } = await shop.record(visitor.sid);
    expect(rest).toEqual({ userId: 1, role: 'customer', loginAt: expect.any(Number), basket: ['hat'] });
    expect(rest.loginAt).toBeGreaterThanOrEqual(before);
    expect(Object.keys(cookie).sort()).toEqual(['expires', 'httpOnly', 'originalMaxAge', 'path', 'sameSite', 'secure']);
  });

  test('takes an e-mail address in any case', async () => {
    const { status } = await shop.visitor().post('/auth/login', { ...alice, email: 'Alice@Shop.Example' });
    expect(status).toBe(200);
  });

  test('gives a visitor with a session a new id, deletes the old record and keeps the basket', async () => {
    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const old = { sid: visitor.sid, cookie: visitor.cookie };
    expect(await shop.sids()).toEqual([old.sid]);

    await visitor.post('/auth/login', alice);
    expect(visitor.sid).not.toBe(old.sid);
    expect(await shop.sids()).toEqual([visitor.sid]);
    expect((await visitor.get('/basket')).json).toEqual({ basket: ['hat'] });

    const whoKnewTheOldId = shop.visitor();
    whoKnewTheOldId.plant(old.cookie);
    expect((await whoKnewTheOldId.get('/me')).status).toBe(401);
    expect((await whoKnewTheOldId.get('/basket')).json).toEqual({ basket: [] });
  });

  test('gives a new id also to somebody who is logged in already', async () => {
    const person = await shop.loggedIn(alice);
    const old = person.sid;
    await person.post('/auth/login', alice);
    expect(person.sid).not.toBe(old);
    expect(await shop.sids()).toEqual([person.sid]);
  });

  test('answers an unknown e-mail and a wrong password alike, byte for byte, and stores nothing', async () => {
    const unknown = await shop.visitor().post('/auth/login', { ...alice, email: 'nobody@shop.example' });
    const wrong = await shop.visitor().post('/auth/login', { ...alice, password: 'rabbit-hole-8' });

    expect(unknown.status).toBe(401);
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
    const withoutDate = ({ headers }: typeof wrong) => [...headers].filter(([name]) => name !== 'date');
    expect(withoutDate(unknown)).toEqual(withoutDate(wrong));
    expect(wrong).toSetNoCookie();
    expect(await shop.redis.keys('*')).toEqual([]);
  });

  test('that fails leaves the session it came with as it was', async () => {
    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const { sid } = visitor;
    await visitor.post('/auth/login', { ...alice, password: 'wrong' });
    expect(visitor.sid).toBe(sid);
    expect(await shop.record(sid)).toMatchObject({ basket: ['hat'] });
    expect((await visitor.get('/me')).status).toBe(401);
  });

  test('over plain http gives no cookie, and leaves a record nobody can use', async () => {
    const answer = await shop.send('/auth/login', {
      method: 'POST',
      body: alice,
      headers: { 'X-Forwarded-Proto': 'http' },
    });
    expect(answer.status).toBe(200);
    expect(answer).toSetNoCookie();
    expect(await shop.sids()).toHaveLength(1);
  });
});

describe('logout', () => {
  test('deletes the record, clears the cookie with its own attributes and takes the session off the list', async () => {
    const person = await shop.loggedIn(alice);
    expect(await shop.redis.hlen('user:1:sessions')).toBe(1);

    const answer = await person.post('/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer).toClearSessionCookie();
    expect(await shop.redis.keys('*')).toEqual([]);
  });

  test('makes every copy of the cookie worthless', async () => {
    const person = await shop.loggedIn(alice);
    const thief = shop.visitor();
    thief.plant(person.cookie);
    expect((await thief.get('/me')).status).toBe(200);

    await person.post('/auth/logout');
    const replay = await thief.get('/me');
    expect(replay.status).toBe(401);
    expect(replay).toSetNoCookie();
    expect(await shop.sids()).toEqual([]);
  });

  test('ends this session only', async () => {
    const [laptop, phone] = [await shop.loggedIn(alice), await shop.loggedIn(alice)];
    await laptop.post('/auth/logout');
    expect((await phone.get('/me')).status).toBe(200);
    expect((await phone.get('/sessions')).json.sessions).toHaveLength(1);
  });

  test('of somebody who was not logged in is harmless', async () => {
    const answer = await shop.visitor().post('/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer).toClearSessionCookie();
    expect(await shop.redis.keys('*')).toEqual([]);
  });
});
