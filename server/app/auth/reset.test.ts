import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  alice,
  closeApps,
  mallory,
  openApp,
  sessionCookieMatchers,
  type TestApp,
  tokenIn,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords, TooBusy } from '../passwords.ts';

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

const password = 'down-the-rabbit-hole';
const forget = (email: string) => app.visitor().post('/auth/forgot', { email });
const tokenFor = (to: string) => tokenIn(app.mails.find((mail) => mail.to === to));

describe('the request for a mail', () => {
  test('gets the same answer with and without an account, byte for byte, and stores as much', async () => {
    const known = await forget(alice.email);
    const keys = (await app.redis.keys('*')).length;
    const unknown = await forget('nobody@shop.example');
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(known.status).toBe(202);
    // The source has one counter for both.
    expect(await app.redis.keys('*')).toHaveLength(2 * keys - 1);
    expect(app.mails.map(({ to }) => to)).toEqual([alice.email]);
  });

  test('creates no session', async () => {
    expect(await forget(alice.email)).toSetNoCookie();
    expect(await app.sids()).toEqual([]);
  });

  test('stores only a hash of the token, for 15 minutes', async () => {
    await forget(alice.email);
    expect(await app.redis.keys('reset:*')).toEqual(['reset:1']);
    expect(await app.redis.get('reset:1')).not.toContain(tokenFor(alice.email));
    const left = await app.redis.pttl('reset:1');
    expect(left).toBeGreaterThan(14.9 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
  });
});

describe('the token', () => {
  const reset = (token: string) => app.visitor().post('/auth/reset', { token, password });

  test('replaces the one before it', async () => {
    await forget(alice.email);
    await forget(alice.email);
    const [first, second] = app.mails.map(tokenIn);
    expect((await reset(first!)).status).toBe(400);
    expect((await reset(second!)).status).toBe(204);
  });

  test.each<[what: string, change: (owner: Visitor) => Promise<{ status: number }>, status: number]>([
    [
      'password',
      (owner) => owner.post('/account/password', { currentPassword: alice.password, newPassword: 'looking-glass-9' }),
      200,
    ],
    [
      'e-mail',
      async (owner) => {
        await owner.post('/account/email', { email: 'alice@elsewhere.example' });
        return owner.post('/auth/confirm-email', { token: tokenFor('alice@elsewhere.example') });
      },
      204,
    ],
  ])('does not outlive a new %s', async (_, change, status) => {
    const owner = await app.loggedIn(alice);
    await forget(alice.email);
    const token = tokenFor(alice.email);
    expect((await change(owner)).status).toBe(status);
    expect((await reset(token)).status).toBe(400);
    expect((await owner.get('/me')).status).toBe(200);
  });

  test('costs a hash only when it is valid, and then one: made-up tokens do not keep logins waiting', async () => {
    let hashes = 0;
    const app = await openApp(await redis.connect(''), {
      parts: {
        createPasswords: (cost) => {
          const usual = createPasswords(cost);
          const hash = (text: string) => {
            hashes += 1;
            return usual.hash(text);
          };
          return { ...usual, hash };
        },
      },
    });
    await app.visitor().post('/auth/forgot', { email: alice.email });
    const token = tokenIn(app.mails[0]);
    const fourteen = async (token: string) => {
      const send = () => app.visitor().post('/auth/reset', { token, password });
      return (await Promise.all(Array.from({ length: 14 }, send))).map(({ status }) => status);
    };
    expect(await fourteen(`${token}x`)).toEqual(Array(14).fill(400));
    expect(hashes).toBe(0);
    expect((await fourteen(token)).sort()).toEqual([204, ...Array(13).fill(400)]);
    expect(hashes).toBe(1);
  });

  test('stays valid when the app is too busy to hash the new password', async () => {
    let busy = true;
    const app = await openApp(await redis.connect(''), {
      parts: {
        createPasswords: (cost) => {
          const usual = createPasswords(cost);
          return { ...usual, hash: (text) => (busy ? Promise.reject(new TooBusy()) : usual.hash(text)) };
        },
      },
    });
    const send = (path: string, body: object) => app.visitor().post(path, body);
    await send('/auth/forgot', { email: alice.email });
    const token = tokenIn(app.mails[0]);
    expect((await send('/auth/reset', { token, password })).status).toBe(503);
    busy = false;
    expect((await send('/auth/reset', { token, password })).status).toBe(204);
  });

  test('sets the password and ends every session of its user, and no other session', async () => {
    const [thief, stranger] = [await app.loggedIn(alice), await app.loggedIn(mallory)];
    await forget(alice.email);
    const answer = await reset(tokenFor(alice.email));
    expect(answer.status).toBe(204);
    // Somebody else may have read the mail, so the user must still type the password.
    expect(answer).toSetNoCookie();
    expect((await thief.get('/me')).status).toBe(401);
    expect((await stranger.get('/me')).status).toBe(200);
    expect((await app.visitor().post('/auth/login', alice)).status).toBe(401);
    await app.loggedIn({ ...alice, password });
    expect(app.mails.at(-1)).toMatchObject({ to: alice.email, subject: 'Your password was changed' });
  });

  test('works once, even for two requests at the same moment', async () => {
    await forget(alice.email);
    const both = await Promise.all([reset(tokenFor(alice.email)), reset(tokenFor(alice.email))]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect((await reset(tokenFor(alice.email))).status).toBe(400);
  });

  test.each(['', 'guess', '0', '0.', '1', '1.', '1.guess', '../user:1'])('is not %j', async (token) => {
    await forget(alice.email);
    await forget('nobody@shop.example');
    expect((await reset(token)).status).toBe(400);
    await app.loggedIn(alice);
  });

  test('stays valid when the new password is too short', async () => {
    await forget(alice.email);
    const token = tokenFor(alice.email);
    expect((await app.visitor().post('/auth/reset', { token, password: 'short' })).status).toBe(400);
    expect((await reset(token)).status).toBe(204);
  });
});
