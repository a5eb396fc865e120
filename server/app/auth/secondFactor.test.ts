import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  alice,
  closeApps,
  mallory,
  openApp,
  recent,
  sessionCookieMatchers,
  type TestApp,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { mostWaitMs } from './secondFactor.ts';

expect.extend(sessionCookieMatchers);

let redis: MockRedis;
let app: TestApp;
let codeOf: (later?: number) => string;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
  codeOf = app.secondFactorOf(alice);
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

/** A visitor who has typed Alice's password, and no code yet. */
async function halfway(visitor: Visitor = app.visitor()): Promise<Visitor> {
  expect((await visitor.post('/auth/login', alice)).json).toMatchObject({ needs: 'code' });
  return visitor;
}
const type = (visitor: Visitor, code: string) => visitor.post('/auth/second-factor', { code });
/** A code that is wrong now: none of those that are accepted. */
const wrongCode = () => {
  const right = [-1, 0, 1].map(codeOf);
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code))!;
};

describe('between the password and the code', () => {
  test('the record says who has typed the password, and names no user', async () => {
    const person = await halfway();
    const { cookie, ...rest } = await app.record(person.sid);
    expect(rest).toEqual({ pending: { userId: 1, credentialVersion: 1, passwordAt: expect.any(Number) } });
    expect(app.audited).toEqual([]);
    expect(await app.redis.keys('user:*')).toEqual([]);
  });

  test('the session opens nothing', async () => {
    const person = await halfway();
    for (const path of ['/me', '/orders', '/sessions', '/admin/users']) {
      expect((await person.get(path)).status, path).toBe(401);
    }
    for (const path of ['/orders', '/auth/confirm', '/account/password', '/account/second-factor/remove']) {
      expect((await person.post(path, {})).status, path).toBe(401);
    }
    expect(person.cookieNamed('__Host-device')).toBeUndefined();
  });

  test('a wrong password is answered as that of a user without a second factor', async () => {
    const answers = await Promise.all(
      [alice, mallory].map(({ email }) => app.visitor().post('/auth/login', { email, password: 'guess' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers[0]!.text).toBe(answers[1]!.text);
  });

  test('the session ID is new, the one of a login before it has ended, and the basket comes along', async () => {
    const person = app.visitor();
    await person.post('/basket', { item: 'hat' });
    const planted = person.cookie;
    await halfway(person);
    expect(person.cookie).not.toBe(planted);
    expect(await app.sids()).toEqual([person.sid]);
    const attacker = app.visitor();
    attacker.plant(planted);
    expect((await type(attacker, codeOf())).status).toBe(401);
    expect((await attacker.get('/basket')).json).toEqual({ basket: [] });
    expect((await type(person, codeOf())).status).toBe(200);
    expect((await person.get('/basket')).json).toEqual({ basket: ['hat'] });
  });

  test('another login, and a logout, end it', async () => {
    const person = await halfway();
    await person.post('/auth/login', mallory);
    expect((await type(person, codeOf())).status).not.toBe(200);
    expect((await person.get('/me')).json).toMatchObject({ id: 2 });
    const other = await halfway();
    const copy = app.visitor();
    copy.plant(other.cookie);
    await other.post('/auth/logout');
    expect((await type(copy, codeOf())).status).toBe(401);
  });
});

describe('the code', () => {
  test('logs in with a new session ID, and answers as a login does', async () => {
    const person = await halfway();
    const old = person.sid;
    const answer = await type(person, codeOf());
    expect(answer.json).toEqual({ id: 1, email: alice.email, csrfToken: expect.any(String) });
    expect(answer).toSetSessionCookie(30 * 60_000);
    expect(await app.sids()).toEqual([person.sid]);
    expect(person.sid).not.toBe(old);
    expect(await app.record(person.sid)).toMatchObject({ userId: 1, role: 'customer' });
    expect(await app.record(person.sid)).not.toHaveProperty('pending');
    expect((await person.get('/sessions')).json.sessions).toHaveLength(1);
    expect(person.cookieNamed('__Host-device')).toBeDefined();
    expect(app.audited.map(({ name }) => name)).toEqual(['session_created', 'authn_login_success']);
  });

  test('redirects to an own path only', async () => {
    const person = await halfway();
    const goTo = (path: string) => person.post('/auth/second-factor', { code: codeOf(), goTo: path });
    expect((await goTo('//evil.example')).status).toBe(400);
    // The test follows the redirect.
    expect((await goTo('/basket')).json).toEqual({ basket: [] });
  });

  test.each([-2, -1, 0, 1, 2])('that is shown %i codes from now', async (later) => {
    const person = await halfway();
    expect((await type(person, codeOf(later))).status).toBe(Math.abs(later) === 2 ? 401 : 200);
  });

  test.each(['', '12345', '1234567', '12345a', ' 123456', 123456, null, ['123456']])('%j is no code', async (code) => {
    const person = await halfway();
    expect((await person.post('/auth/second-factor', { code })).status).toBe(400);
  });

  test('is accepted once, and so is no older one', async () => {
    const code = codeOf();
    expect((await type(await halfway(), code)).status).toBe(200);
    const thief = await halfway();
    expect((await type(thief, code)).status).toBe(401);
    expect((await type(thief, codeOf(-1))).status).toBe(401);
    expect((await type(thief, codeOf(1))).status).toBe(200);
  });

  test('is accepted once of twenty times at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => app.visitor(`device ${index}`)));
    for (const visitor of all) await halfway(visitor);
    const code = codeOf();
    const answers = await Promise.all(all.map((visitor) => type(visitor, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('of another user is refused', async () => {
    const codeOfMallory = app.secondFactorOf(mallory);
    expect((await type(await halfway(), codeOfMallory())).status).toBe(401);
  });

  test('needs the password before it, not longer ago than five minutes', async () => {
    expect((await type(app.visitor(), codeOf())).status).toBe(401);
    const person = await halfway();
    app.clock.ahead = mostWaitMs - 1000;
    expect((await type(await halfway(), codeOf())).status).toBe(200);
    app.clock.ahead = mostWaitMs;
    expect((await type(person, codeOf(1))).status).toBe(401);
    expect(mostWaitMs).toBe(5 * 60_000);
  });

  test.each<[what: string, change: () => unknown]>([
    ['the password was changed', () => app.users.update(1, { credentialVersion: 2 })],
    ['the account was disabled', () => app.users.update(1, { disabled: true })],
  ])('is refused when %s after the password was typed', async (_, change) => {
    const person = await halfway();
    change();
    expect((await type(person, codeOf())).status).toBe(401);
    expect((await person.get('/me')).status).toBe(401);
  });

  test('is refused when another site sends it', async () => {
    const person = await halfway();
    const forged = await person.post('/auth/second-factor', { code: codeOf() }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(forged.status).toBe(403);
  });
});

describe('guessing codes', () => {
  test('is refused after five, also in other sessions, and the right code gets the same answer', async () => {
    const guesser = await halfway();
    for (let tries = 0; tries < 5; tries++) expect((await type(guesser, wrongCode())).status).toBe(401);
    const wrong = await type(guesser, wrongCode());
    // Typing the password again gives no new tries.
    const right = await type(await halfway(), codeOf());
    expect([wrong.status, right.status]).toEqual([429, 429]);
    expect(right.text).toBe(wrong.text);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  test('accepts no more than five at the same moment', async () => {
    // One login after the other: the app refuses more than ten passwords at once (passwords.ts).
    const all = [];
    for (let index = 0; index < 12; index++) all.push(await halfway());
    const answers = await Promise.all(all.map((visitor) => type(visitor, wrongCode())));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  test('does not lock out the owner on a device that has logged in before', async () => {
    const owner = await halfway();
    await type(owner, codeOf());
    await owner.post('/auth/logout');
    const guesser = await halfway();
    for (let tries = 0; tries < 6; tries++) await type(guesser, wrongCode());
    await halfway(owner);
    expect((await type(owner, codeOf(1))).status).toBe(200);
  });
});

describe('the password typed again', () => {
  async function loggedIn(): Promise<Visitor> {
    const person = await halfway();
    await type(person, codeOf());
    return person;
  }

  test.each([
    ['/auth/confirm', { password: alice.password }],
    ['/account/password', { currentPassword: alice.password, newPassword: 'down-the-rabbit-hole' }],
    ['/sessions/end-others', { password: alice.password }],
  ])('%s needs an unused code too', async (path, body) => {
    const person = await loggedIn();
    expect(await person.post(path, body)).toMatchObject({ status: 403, json: { error: 'code_required' } });
    const used = await person.post(path, { ...body, code: codeOf() });
    expect(used.status).toBe(403);
    const wrong = await person.post(path, {
      password: 'guess',
      currentPassword: 'guess',
      newPassword: 'long-enough',
      code: codeOf(1),
    });
    expect(wrong.text).toBe(used.text);
    expect((await person.post(path, { ...body, code: codeOf(1) })).status).toBe(200);
  });

  test('without a code, a password is not even tried', async () => {
    const person = await loggedIn();
    for (let tries = 0; tries < 10; tries++) {
      expect((await person.post('/auth/confirm', { password: 'guess' })).json).toEqual({ error: 'code_required' });
    }
    app.clock.ahead = recent;
    expect((await person.post('/account/email', { email: 'a@b.example' })).status).toBe(403);
    expect((await person.post('/auth/confirm', { password: alice.password, code: codeOf() })).status).toBe(200);
    expect((await person.post('/account/email', { email: 'a@b.example' })).status).toBe(202);
  });
});
