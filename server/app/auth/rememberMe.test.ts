import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  admin,
  alice,
  closeApps,
  mallory,
  openApp,
  type TestApp,
  tokenIn,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { rememberCookie } from './rememberMe.ts';
import { rememberedMs, replacedMs, takeRememberToken } from './rememberTokens.ts';

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

async function remembered(who = alice, device?: string): Promise<Visitor> {
  const person = app.visitor(device);
  expect((await person.post('/auth/login', { ...who, remember: true })).status).toBe(200);
  return person;
}
const tokenOf = (person: Visitor) => person.cookieNamed(rememberCookie);
/** Another browser with the same remember cookie, and nothing else. */
function copyOf(person: Visitor): Visitor {
  const copy = app.visitor('a thief');
  copy.plant(tokenOf(person));
  return copy;
}
const resume = (person: Visitor) => person.post('/auth/resume');
/** The browser has no session cookie any more. */
async function comesBack(person: Visitor) {
  person.plant(undefined);
  return resume(person);
}
/** The time in which a replaced token still counts is over. */
async function later(): Promise<void> {
  const replaced = await app.redis.keys('remember-replaced:*');
  if (replaced.length > 0) await app.redis.del(...replaced);
}
const isLoggedIn = async (person: Visitor) => (await person.get('/me')).status === 200;
const series = async () => (await app.redis.keys('remember:*')).length;

describe('a remembered device', () => {
  test('has a protected cookie for thirty days, and only if its user wants that', async () => {
    const login = await app.visitor().post('/auth/login', { ...alice, remember: true });
    const cookie = login.setCookie.find((header) => header.startsWith(rememberCookie));
    expect(cookie).toMatch(
      /^__Host-remember=[\w-]{43}\.[\w-]{43}; Max-Age=2592000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(tokenOf(await app.loggedIn(alice))).toBeUndefined();
    expect(rememberedMs).toBe(30 * 24 * 3_600_000);
  });

  test('is in Redis as digests with a time to live', async () => {
    const person = await remembered();
    const [name, token] = tokenOf(person)!.split('=')[1]!.split('.');
    const keys = await app.redis.keys('*remember*');
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(await app.redis.pttl(key)).toBeGreaterThan(rememberedMs - 5000);
      const value = JSON.stringify(
        key.startsWith('user:') ? await app.redis.smembers(key) : await app.redis.hgetall(key),
      );
      for (const secret of [name!, token!]) expect(key + value).not.toContain(secret);
    }
  });

  test('gets a new session and a new token when the session is over, for the rest of the thirty days', async () => {
    const person = await remembered();
    const [sid, token] = [person.sid, tokenOf(person)];
    const [key] = await app.redis.keys('remember:*');
    await app.redis.pexpire(key!, 60_000);
    const answer = await comesBack(person);
    expect(answer.json).toEqual({ id: 1, email: alice.email, csrfToken: expect.any(String) });
    expect(person.sid).not.toBe(sid);
    expect(tokenOf(person)).not.toBe(token);
    expect(answer.setCookie.join()).toMatch(/__Host-remember=[^;]+; Max-Age=(59|60);/);
    expect(await app.redis.pttl(key!)).toBeLessThanOrEqual(60_000);
    expect(await isLoggedIn(person)).toBe(true);
    expect((await person.get('/sessions')).json.sessions).toHaveLength(2);
    expect((await comesBack(person)).status).toBe(200);
  });

  test('has no fresh login: a sensitive change asks for the password, and typing it keeps the device', async () => {
    const person = await remembered();
    await comesBack(person);
    expect(await app.record(person.sid)).not.toHaveProperty('confirmedAt');
    expect((await person.post('/account/email', { email: 'a@b.example' })).json).toEqual({ error: 'reauth_required' });
    expect((await person.post('/auth/confirm', { password: alice.password })).status).toBe(200);
    expect((await person.post('/account/email', { email: 'a@b.example' })).status).toBe(202);
    expect((await comesBack(person)).status).toBe(200);
  });

  test('with a session, the token is not used', async () => {
    const person = await remembered();
    const token = tokenOf(person);
    expect((await resume(person)).status).toBe(409);
    expect(tokenOf(person)).toBe(token);
  });

  test('of a user with a second factor is remembered after the code, and not before', async () => {
    const codeOf = app.secondFactorOf(alice);
    const person = app.visitor();
    await person.post('/auth/login', { ...alice, remember: true });
    expect(tokenOf(person)).toBeUndefined();
    await person.post('/auth/second-factor', { code: codeOf(), remember: true });
    expect((await comesBack(person)).status).toBe(200);
    await person.post('/account/second-factor/remove');
  });

  test('that logs in again has one series', async () => {
    const person = await remembered();
    await person.post('/auth/login', { ...alice, remember: true });
    expect(await series()).toBe(1);
  });

  test.each(['', 'x', 'x.y', '.', `${'A'.repeat(43)}.${'A'.repeat(43)}`, 'x'.repeat(5000), '%', '..'])(
    'an invented cookie is refused and removed: %s',
    async (value) => {
      const stranger = app.visitor();
      const answer = await stranger.post('/auth/resume', {}, { Cookie: `${rememberCookie}=${value}` });
      expect(answer.status).toBe(401);
      expect(answer.setCookie.join()).toMatch(/^__Host-remember=; Path=\/; Expires=Thu, 01 Jan 1970/);
      expect(app.mails).toEqual([]);
    },
  );

  test('no other site can make a browser come back', async () => {
    const person = await remembered();
    person.plant(undefined);
    const forged = await person.post('/auth/resume', {}, { 'Sec-Fetch-Site': 'cross-site' });
    expect(forged.status).toBe(403);
  });
});

describe('a copied token', () => {
  test('that comes second ends every session and every series of its user, and the user is told', async () => {
    const [owner, phone] = [await remembered(), await remembered(alice, 'a phone')];
    const thief = copyOf(owner);
    expect((await resume(thief)).status).toBe(200);
    await later();
    expect((await comesBack(owner)).status).toBe(401);
    for (const person of [thief, phone, owner]) expect(await isLoggedIn(person)).toBe(false);
    for (const person of [thief, phone, owner]) expect((await comesBack(person)).status).toBe(401);
    expect(await app.redis.keys('*remember*')).toEqual([]);
    expect(app.mails).toMatchObject([{ to: alice.email, subject: 'Somebody has a copy of your login' }]);
    expect(app.audited).toContainEqual({ name: 'authn_token_reuse', userId: 1 });
  });

  test('is noticed as well when the owner was first', async () => {
    const owner = await remembered();
    const thief = copyOf(owner);
    await comesBack(owner);
    await later();
    expect((await resume(thief)).status).toBe(401);
    expect(await isLoggedIn(owner)).toBe(false);
  });

  test('with a known series and an invented token counts as copied', async () => {
    const owner = await remembered();
    const thief = app.visitor();
    thief.plant(tokenOf(owner)!.replace(/\..*/, `.${'A'.repeat(43)}`));
    expect((await resume(thief)).status).toBe(401);
    expect(await isLoggedIn(owner)).toBe(false);
  });

  test('of two requests at the same moment is none: one gets the next token, and both a session', async () => {
    const person = await remembered();
    const tabs = Array.from({ length: 4 }, () => copyOf(person));
    const answers = await Promise.all(tabs.map(resume));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const next = answers.filter(({ setCookie }) => setCookie.some((header) => header.startsWith(rememberCookie)));
    expect(next).toHaveLength(1);
    expect(app.mails).toEqual([]);
    expect(replacedMs).toBe(5000);
    const [replaced] = await app.redis.keys('remember-replaced:*');
    expect(await app.redis.pttl(replaced!)).toBeLessThanOrEqual(replacedMs);
  });
});

describe('a remembered device is forgotten', () => {
  const newPassword = 'down-the-rabbit-hole';

  test('by its logout, also when the session was over before, and copies with it', async () => {
    for (const withSession of [true, false]) {
      const person = await remembered();
      const copy = copyOf(person);
      if (!withSession) person.plant(undefined);
      const answer = await person.post('/auth/logout');
      expect(answer.status).toBe(204);
      expect(tokenOf(person)).toBeUndefined();
      expect((await resume(copy)).status).toBe(401);
    }
    expect(app.mails).toEqual([]);
    expect(await app.redis.keys('*remember*')).toEqual([]);
  });

  test.each<[how: string, change: (owner: Visitor) => Promise<unknown>]>([
    ['a new password', (owner) => owner.post('/account/password', { currentPassword: alice.password, newPassword })],
    ['“log out everywhere”', (owner) => owner.post('/sessions/end-others', { password: alice.password })],
    [
      'a reset of the password',
      async () => {
        await app.visitor().post('/auth/forgot', { email: alice.email });
        await app.visitor().post('/auth/reset', { token: tokenIn(app.mails.at(-1)), password: newPassword });
      },
    ],
    ['an admin who disables the account', async () => (await app.loggedIn(admin)).post('/admin/users/1/disable')],
    [
      'an admin who disables and enables it',
      async () => {
        const boss = await app.loggedIn(admin);
        await boss.post('/admin/users/1/disable');
        await boss.post('/admin/users/1/enable');
      },
    ],
    ['a new role', async () => (await app.loggedIn(admin)).post('/admin/users/1/role', { role: 'admin' })],
    ['an admin who ends all sessions', async () => (await app.loggedIn(admin)).post('/admin/sessions/end-all')],
    ['other credentials alone', async () => app.users.update(1, { credentialVersion: 2 })],
  ])('by %s', async (_, change) => {
    const phone = await remembered(alice, 'a phone');
    // Its session is over, so it is in no list of sessions.
    await app.redis.del(`sess:${phone.sid}`);
    await change(await app.loggedIn(alice));
    expect((await comesBack(phone)).status).toBe(401);
    expect(await series()).toBe(0);
  });

  test('by the end of its session in the list, and the other devices are not', async () => {
    const [laptop, phone] = [await remembered(alice, 'a laptop'), await remembered(alice, 'a phone')];
    const { sessions } = (await laptop.get('/sessions')).json;
    const { handle } = sessions.find(({ device }: { device: string }) => device === 'a phone');
    await laptop.post(`/sessions/${handle}/end`, { password: alice.password });
    expect((await comesBack(phone)).status).toBe(401);
    expect((await comesBack(laptop)).status).toBe(200);
  });

  test('not by “log out everywhere” on the device itself, and not by another user', async () => {
    const [laptop, other] = [await remembered(), await remembered(mallory)];
    // With a new session ID it is still the same device.
    await laptop.post('/auth/confirm', { password: alice.password });
    await laptop.post('/sessions/end-others', { password: alice.password });
    expect((await comesBack(laptop)).status).toBe(200);
    expect((await comesBack(other)).status).toBe(200);
  });

  test('while it is coming back: no session is left', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    let taken = () => {};
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const { users, redis } = app;
    app = await openApp(redis, {
      users,
      parts: {
        async takeRememberToken(context, value) {
          const result = await takeRememberToken(context, value);
          taken();
          await opened;
          return result;
        },
      },
    });
    const phone = await remembered(alice, 'a phone');
    const laptop = await app.loggedIn(alice);
    const comingBack = comesBack(phone);
    await isTaken;
    await laptop.post('/sessions/end-others', { password: alice.password });
    open();
    expect((await comingBack).status).toBe(401);
    expect((await laptop.get('/sessions')).json.sessions).toHaveLength(1);
    expect(await isLoggedIn(phone)).toBe(false);
    expect((await comesBack(phone)).status).toBe(401);
  });
});
