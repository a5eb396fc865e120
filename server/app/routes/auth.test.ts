import bcrypt from 'bcrypt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  alice,
  closeShops,
  idle,
  mallory,
  openShop,
  type Shop,
  sessionCookieMatchers,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords } from '../passwords.ts';
import { cookieName } from '../session.ts';

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
    expect(answer.json).toEqual({ id: 1, email: alice.email, csrfToken: expect.any(String) });
    expect(answer).toSetSessionCookie(idle);
    expect(await shop.sids()).toEqual([visitor.sid]);
    const ttl = await shop.redis.pttl(`sess:${visitor.sid}`);
    expect(ttl).toBeGreaterThan(idle - 3000);
    expect(ttl).toBeLessThanOrEqual(idle);
  });

  test('writes into the record who, as what, since when and the basket, and nothing else', async () => {
    const before = Date.now();
    const withoutBasket = await shop.loggedIn(alice);
    const fields = Object.keys(await shop.record(withoutBasket.sid)).sort();
    expect(fields).toEqual(['confirmedAt', 'cookie', 'loginAt', 'role', 'userId']);

    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    await visitor.post('/auth/login', alice);

    const { cookie, ...rest } = await shop.record(visitor.sid);
    const [loginAt, confirmedAt, basketId] = [expect.any(Number), expect.any(Number), expect.any(String)];
    expect(rest).toEqual({ userId: 1, role: 'customer', loginAt, confirmedAt, basketId });
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
    const [basket] = await shop.redis.keys('basket:*');
    expect(await shop.redis.pttl(basket!)).toBeGreaterThan(0);

    const whoKnewTheOldId = shop.visitor();
    whoKnewTheOldId.plant(old.cookie);
    expect((await whoKnewTheOldId.get('/me')).status).toBe(401);
    expect((await whoKnewTheOldId.get('/basket')).json).toEqual({ basket: [] });
  });

  test('takes the basket along for one of two logins at the same moment, and for nobody else who had that session', async () => {
    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const twins = [shop.visitor(), shop.visitor()];
    for (const twin of twins) twin.plant(visitor.cookie);
    // Both requests read the session before either login deletes it.
    await Promise.all(twins.map((twin) => twin.post('/auth/login', mallory)));
    const baskets = await Promise.all(twins.map(async (twin) => (await twin.get('/basket')).json.basket));
    expect(baskets.map(({ length }) => length).sort()).toEqual([0, 1]);

    // One of the two cookies goes into somebody else's browser; the other is kept, to look on.
    const [planted, kept] = baskets[0].length > 0 ? twins : [...twins].reverse();
    const victim = shop.visitor();
    victim.plant(planted!.cookie);
    await victim.post('/auth/login', alice, { 'X-CSRF-Token': planted!.csrfToken! });
    await victim.post('/basket', { item: 'ring' });
    expect((await victim.get('/basket')).json).toEqual({ basket: ['hat', 'ring'] });
    expect((await kept!.get('/basket')).json).toEqual({ basket: [] });
  });

  test('gives a new id also to somebody who is logged in already', async () => {
    const person = await shop.loggedIn(alice);
    const old = person.sid;
    await person.post('/auth/login', alice);
    expect(person.sid).not.toBe(old);
    expect(await shop.sids()).toEqual([person.sid]);
  });

  test('answers an unknown e-mail and a wrong password alike, byte for byte, and stores only that somebody tried', async () => {
    const unknown = await shop.visitor().post('/auth/login', { ...alice, email: 'nobody@shop.example' });
    const wrong = await shop.visitor().post('/auth/login', { ...alice, password: 'rabbit-hole-8' });

    expect(unknown.status).toBe(401);
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
    const withoutDate = ({ headers }: typeof wrong) => [...headers].filter(([name]) => name !== 'date');
    expect(withoutDate(unknown)).toEqual(withoutDate(wrong));
    expect(wrong).toSetNoCookie();
    const keys = await shop.redis.keys('*');
    expect(keys.map((key) => key.split(':').slice(0, 2).join(':')).sort()).toEqual([
      'throttle:account',
      'throttle:account',
      'throttle:source',
    ]);
    for (const key of keys) expect(await shop.redis.ttl(key)).toBeGreaterThan(0);
  });

  test('of a disabled account is answered as a wrong password', async () => {
    shop.users.update(1, { disabled: true });
    const disabled = await shop.visitor().post('/auth/login', alice);
    const wrong = await shop.visitor().post('/auth/login', { ...alice, password: 'wrong' });
    expect([disabled.status, disabled.text]).toEqual([401, wrong.text]);
  });

  test('whose session cannot be put on its owner’s list is none', async () => {
    const failing = vi.spyOn(shop.redis, 'multi').mockImplementation(() => {
      throw new Error('BUSY');
    });
    const visitor = shop.visitor();
    const answer = await visitor.post('/auth/login', alice);
    failing.mockRestore();
    expect(answer.status).toBe(500);
    expect(answer).toSetNoCookie();
    expect(await shop.sids()).toEqual([]);
  });

  test('renews a hash from a time when the cost was lower', async () => {
    const { users } = shop;
    const before = users.byId(1)!.passwordHash;
    const stronger = await openShop(shop.redis, { cost: 5 });
    stronger.users.update(1, { passwordHash: before });
    await stronger.loggedIn(alice);
    expect(bcrypt.getRounds(stronger.users.byId(1)!.passwordHash)).toBe(5);
    await stronger.loggedIn(alice);
  });

  /** A shop in which something happens right after a password was found right, and before there is a session. */
  const shopWhere = async (meanwhile: (users: Shop['users']) => void, cost?: number): Promise<Shop> => {
    let users: Shop['users'];
    const interrupted: typeof createPasswords = (cost) => {
      const usual = createPasswords(cost);
      const then = async <Result>(work: Promise<Result>) => {
        const result = await work;
        meanwhile(users);
        return result;
      };
      return { ...usual, match: (user, password) => then(usual.match(user, password)) };
    };
    const opened = await openShop(shop.redis, { parts: { createPasswords: interrupted }, ...(cost && { cost }) });
    users = opened.users;
    return opened;
  };

  test.each<[what: string, change: Parameters<Shop['users']['update']>[1]]>([
    ['disabled', { disabled: true }],
    ['given another password', { passwordHash: bcrypt.hashSync('looking-glass-9', 4) }],
  ])('to an account that is %s meanwhile leaves no session', async (_, change) => {
    const other = await shopWhere((users) => users.update(1, change));
    const visitor = other.visitor();
    const answer = await visitor.post('/auth/login', alice);
    expect(answer.status).toBe(401);
    expect(answer).toSetNoCookie();
    expect(await other.sids()).toEqual([]);
    expect(await other.redis.zcard('user:1:sessions')).toBe(0);
  });

  test('does not put the old password back with a stronger hash when it is changed meanwhile', async () => {
    const changed = bcrypt.hashSync('looking-glass-9', 4);
    const stronger = await shopWhere((users) => users.update(1, { passwordHash: changed }), 5);
    stronger.users.update(1, { passwordHash: shop.users.byId(1)!.passwordHash });
    expect((await stronger.visitor().post('/auth/login', alice)).status).toBe(401);
    expect(stronger.users.byId(1)!.passwordHash).toBe(changed);
  });

  test('that fails leaves the session it came with as it was', async () => {
    const visitor = shop.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const { sid } = visitor;
    await visitor.post('/auth/login', { ...alice, password: 'wrong' });
    expect(visitor.sid).toBe(sid);
    expect((await visitor.get('/basket')).json).toEqual({ basket: ['hat'] });
    expect((await visitor.get('/me')).status).toBe(401);
  });

  test('over plain http gives no cookie, and leaves a record nobody can use', async () => {
    const answer = await shop.send('/auth/login', {
      method: 'POST',
      body: alice,
      headers: { 'X-Forwarded-Proto': 'http' },
    });
    expect(answer.status).toBe(200);
    expect(answer.setCookie.filter((header) => header.startsWith(cookieName))).toEqual([]);
    expect(await shop.sids()).toHaveLength(1);
  });
});

describe('logout', () => {
  test('deletes the record, clears the cookie with its own attributes and takes the session off the list', async () => {
    const person = await shop.loggedIn(alice);
    expect(await shop.redis.zcard('user:1:sessions')).toBe(1);

    const answer = await person.post('/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer).toClearSessionCookie();
    expect(answer.headers.get('clear-site-data')).toBe('"cache"');
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

describe('the password typed again', () => {
  test('starts a session anew: a new id, a new token, the old record gone', async () => {
    const person = await shop.loggedIn(alice);
    const thief = shop.visitor();
    thief.plant(person.cookie);
    const old = { sid: person.sid, csrfToken: person.csrfToken };
    expect((await person.post('/auth/confirm', { password: alice.password })).status).toBe(200);
    expect(person.sid).not.toBe(old.sid);
    expect(person.csrfToken).not.toBe(old.csrfToken);
    expect(await shop.sids()).toEqual([person.sid]);
    expect((await person.get('/sessions')).json.sessions).toHaveLength(1);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('is asked for a few times only: a thief with the cookie cannot go on guessing', async () => {
    const person = await shop.loggedIn(alice);
    const guess = () => person.post('/auth/confirm', { password: 'guess' });
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(403);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // The right one must not be told from a wrong one now.
    expect((await person.post('/auth/confirm', { password: alice.password })).status).toBe(429);
  });
});
