import bcrypt from 'bcrypt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  alice,
  closeApps,
  idle,
  mallory,
  openApp,
  sessionCookieMatchers,
  type TestApp,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords } from '../passwords.ts';
import { cookieName } from '../session.ts';

expect.extend(sessionCookieMatchers);

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

describe('login', () => {
  test('answers with the user, sets a protected cookie, and stores one record with the same lifetime', async () => {
    const visitor = app.visitor();
    const answer = await visitor.post('/auth/login', alice);

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ id: 1, email: alice.email, csrfToken: expect.any(String) });
    expect(answer).toSetSessionCookie(idle);
    expect(await app.sids()).toEqual([visitor.sid]);
    const ttl = await app.redis.pttl(`sess:${visitor.sid}`);
    expect(ttl).toBeGreaterThan(idle - 3000);
    expect(ttl).toBeLessThanOrEqual(idle);
  });

  test('writes the user, the role, the times and the basket into the record, and nothing else', async () => {
    const before = Date.now();
    const withoutBasket = await app.loggedIn(alice);
    const fields = Object.keys(await app.record(withoutBasket.sid)).sort();
    expect(fields).toEqual(['confirmedAt', 'cookie', 'credentialVersion', 'loginAt', 'role', 'userId']);

    const visitor = app.visitor();
    await visitor.post('/basket', { item: 'hat' });
    await visitor.post('/auth/login', alice);

    const { cookie, ...rest } = await app.record(visitor.sid);
    const [loginAt, confirmedAt, basketId] = [expect.any(Number), expect.any(Number), expect.any(String)];
    expect(rest).toEqual({ userId: 1, role: 'customer', credentialVersion: 1, loginAt, confirmedAt, basketId });
    expect(rest.loginAt).toBeGreaterThanOrEqual(before);
    expect(Object.keys(cookie).sort()).toEqual(['expires', 'httpOnly', 'originalMaxAge', 'path', 'sameSite', 'secure']);
  });

  test('accepts an e-mail address in upper or lower case', async () => {
    const { status } = await app.visitor().post('/auth/login', { ...alice, email: 'Alice@Shop.Example' });
    expect(status).toBe(200);
  });

  test('gives a visitor with a session a new id, deletes the old record, and keeps the basket', async () => {
    const visitor = app.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const old = { sid: visitor.sid, cookie: visitor.cookie };
    expect(await app.sids()).toEqual([old.sid]);

    await visitor.post('/auth/login', alice);
    expect(visitor.sid).not.toBe(old.sid);
    expect(await app.sids()).toEqual([visitor.sid]);
    expect((await visitor.get('/basket')).json).toEqual({ basket: ['hat'] });
    const [basket] = await app.redis.keys('basket:*');
    expect(await app.redis.pttl(basket!)).toBeGreaterThan(0);

    const attacker = app.visitor();
    attacker.plant(old.cookie);
    expect((await attacker.get('/me')).status).toBe(401);
    expect((await attacker.get('/basket')).json).toEqual({ basket: [] });
  });

  test('gives the basket to one of two parallel logins, and to nobody else who had that session', async () => {
    const visitor = app.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const twins = [app.visitor(), app.visitor()];
    for (const twin of twins) twin.plant(visitor.cookie);
    // Both requests read the session before either login deletes it.
    await Promise.all(twins.map((twin) => twin.post('/auth/login', mallory)));
    const baskets = await Promise.all(twins.map(async (twin) => (await twin.get('/basket')).json.basket));
    expect(baskets.map(({ length }) => length).sort()).toEqual([0, 1]);

    // The attacker plants one of the two cookies in a victim's browser, and watches with the other.
    const [planted, kept] = baskets[0].length > 0 ? twins : [...twins].reverse();
    const victim = app.visitor();
    victim.plant(planted!.cookie);
    await victim.post('/auth/login', alice, { 'X-CSRF-Token': planted!.csrfToken! });
    await victim.post('/basket', { item: 'ring' });
    expect((await victim.get('/basket')).json).toEqual({ basket: ['hat', 'ring'] });
    expect((await kept!.get('/basket')).json).toEqual({ basket: [] });
  });

  test('gives a new id to a user who is logged in already too', async () => {
    const person = await app.loggedIn(alice);
    const old = person.sid;
    await person.post('/auth/login', alice);
    expect(person.sid).not.toBe(old);
    expect(await app.sids()).toEqual([person.sid]);
  });

  test('gives an unknown e-mail and a wrong password the same answer, and stores only the counts', async () => {
    const unknown = await app.visitor().post('/auth/login', { ...alice, email: 'nobody@shop.example' });
    const wrong = await app.visitor().post('/auth/login', { ...alice, password: 'rabbit-hole-8' });

    expect(unknown.status).toBe(401);
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
    const withoutDate = ({ headers }: typeof wrong) => [...headers].filter(([name]) => name !== 'date');
    expect(withoutDate(unknown)).toEqual(withoutDate(wrong));
    expect(wrong).toSetNoCookie();
    const keys = await app.redis.keys('*');
    expect(keys.map((key) => key.split(':').slice(0, 2).join(':')).sort()).toEqual([
      'throttle:account',
      'throttle:account',
      'throttle:source',
    ]);
    for (const key of keys) expect(await app.redis.ttl(key)).toBeGreaterThan(0);
  });

  test('answers a disabled account like a wrong password', async () => {
    app.users.update(1, { disabled: true });
    const disabled = await app.visitor().post('/auth/login', alice);
    const wrong = await app.visitor().post('/auth/login', { ...alice, password: 'wrong' });
    expect([disabled.status, disabled.text]).toEqual([401, wrong.text]);
  });

  test('fails when the session cannot be added to the user’s list', async () => {
    const failing = vi.spyOn(app.redis, 'multi').mockImplementation(() => {
      throw new Error('BUSY');
    });
    const visitor = app.visitor();
    const answer = await visitor.post('/auth/login', alice);
    failing.mockRestore();
    expect(answer.status).toBe(500);
    expect(answer).toSetNoCookie();
    expect(await app.sids()).toEqual([]);
  });

  test.each(['/basket', '/basket?from=login#hats', '/basket?of=Zoë'])(
    'redirects to %j, a path of the app',
    async (goTo) => {
      // The test follows the redirect.
      expect((await app.visitor().post('/auth/login', { ...alice, goTo })).json).toEqual({ basket: [] });
    },
  );

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example',
    'basket',
    '',
  ])('does not redirect to %j', async (goTo) => {
    const answer = await app.visitor().post('/auth/login', { ...alice, goTo });
    expect(answer.status).toBe(400);
    expect(await app.sids()).toEqual([]);
  });

  test('keeps the first 250 characters of a User-Agent', async () => {
    const person = await app.loggedIn(alice, 'x'.repeat(8000));
    expect((await person.get('/sessions')).json.sessions).toMatchObject([{ device: 'x'.repeat(250) }]);
  });

  test('replaces a hash that was made with a lower cost', async () => {
    const { users } = app;
    const before = users.byId(1)!.passwordHash;
    const stronger = await openApp(app.redis, { cost: 5 });
    stronger.users.update(1, { passwordHash: before });
    await stronger.loggedIn(alice);
    expect(bcrypt.getRounds(stronger.users.byId(1)!.passwordHash)).toBe(5);
    await stronger.loggedIn(alice);
  });

  /** An app in which something happens after the password was checked, and before there is a session. */
  const appWhere = async (meanwhile: (users: TestApp['users']) => void, cost?: number): Promise<TestApp> => {
    let users: TestApp['users'];
    const interrupted: typeof createPasswords = (cost) => {
      const usual = createPasswords(cost);
      const then = async <Result>(work: Promise<Result>) => {
        const result = await work;
        meanwhile(users);
        return result;
      };
      return { ...usual, match: (user, password) => then(usual.match(user, password)) };
    };
    const opened = await openApp(app.redis, { parts: { createPasswords: interrupted }, ...(cost && { cost }) });
    users = opened.users;
    return opened;
  };

  test.each<[what: string, change: Parameters<TestApp['users']['update']>[1]]>([
    ['disabled', { disabled: true }],
    ['given another password', { passwordHash: bcrypt.hashSync('looking-glass-9', 4), credentialVersion: 2 }],
  ])('leaves no session when the account is %s meanwhile', async (_, change) => {
    const other = await appWhere((users) => users.update(1, change));
    const visitor = other.visitor();
    const answer = await visitor.post('/auth/login', alice);
    expect(answer.status).toBe(401);
    expect(answer).toSetNoCookie();
    expect(await other.sids()).toEqual([]);
    expect(await other.redis.zcard('user:1:sessions')).toBe(0);
  });

  test('does not overwrite a password that is changed meanwhile with a stronger hash of the old one', async () => {
    const changed = bcrypt.hashSync('looking-glass-9', 4);
    const stronger = await appWhere((users) => users.update(1, { passwordHash: changed, credentialVersion: 2 }), 5);
    stronger.users.update(1, { passwordHash: app.users.byId(1)!.passwordHash });
    expect((await stronger.visitor().post('/auth/login', alice)).status).toBe(401);
    expect(stronger.users.byId(1)!.passwordHash).toBe(changed);
  });

  test('leaves the session unchanged when it fails', async () => {
    const visitor = app.visitor();
    await visitor.post('/basket', { item: 'hat' });
    const { sid } = visitor;
    await visitor.post('/auth/login', { ...alice, password: 'wrong' });
    expect(visitor.sid).toBe(sid);
    expect((await visitor.get('/basket')).json).toEqual({ basket: ['hat'] });
    expect((await visitor.get('/me')).status).toBe(401);
  });

  test('over plain HTTP sets no cookie, and leaves a record that nobody can use', async () => {
    const answer = await app.send('/auth/login', {
      method: 'POST',
      body: alice,
      headers: { 'X-Forwarded-Proto': 'http' },
    });
    expect(answer.status).toBe(200);
    expect(answer.setCookie.filter((header) => header.startsWith(cookieName))).toEqual([]);
    expect(await app.sids()).toHaveLength(1);
  });
});

describe('logout', () => {
  test('deletes the record, clears the cookie, and removes the session from the list', async () => {
    const person = await app.loggedIn(alice);
    expect(await app.redis.zcard('user:1:sessions')).toBe(1);

    const answer = await person.post('/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer).toClearSessionCookie();
    expect(answer.headers.get('clear-site-data')).toBe('"cache"');
    expect(await app.redis.keys('*')).toEqual([]);
  });

  test('makes every copy of the cookie worthless', async () => {
    const person = await app.loggedIn(alice);
    const thief = app.visitor();
    thief.plant(person.cookie);
    expect((await thief.get('/me')).status).toBe(200);

    await person.post('/auth/logout');
    const replay = await thief.get('/me');
    expect(replay.status).toBe(401);
    expect(replay).toSetNoCookie();
    expect(await app.sids()).toEqual([]);
  });

  test('ends this session only', async () => {
    const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
    await laptop.post('/auth/logout');
    expect((await phone.get('/me')).status).toBe(200);
    expect((await phone.get('/sessions')).json.sessions).toHaveLength(1);
  });

  test('does nothing harmful for a visitor who is not logged in', async () => {
    const answer = await app.visitor().post('/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer).toClearSessionCookie();
    expect(await app.redis.keys('*')).toEqual([]);
  });
});
