import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeShops, mallory, openShop, type Shop, sessionCookieMatchers } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords, TooBusy } from '../passwords.ts';

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

const password = 'down-the-rabbit-hole';
const forget = (email: string) => shop.visitor().post('/auth/forgot', { email });
const tokenIn = (to: string) => shop.mails.find((mail) => mail.to === to)!.text;

describe('asking for a mail', () => {
  test('is answered alike for an account and for none, byte for byte, and stores as much', async () => {
    const known = await forget(alice.email);
    const keys = (await shop.redis.keys('*')).length;
    const unknown = await forget('nobody@shop.example');
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(known.status).toBe(202);
    expect(await shop.redis.keys('*')).toHaveLength(2 * keys);
    expect(shop.mails.map(({ to }) => to)).toEqual([alice.email]);
  });

  test('gives nobody a session', async () => {
    expect(await forget(alice.email)).toSetNoCookie();
    expect(await shop.sids()).toEqual([]);
  });

  test('stores no token, only what one can be checked with, for a quarter of an hour', async () => {
    await forget(alice.email);
    const [key] = await shop.redis.keys('reset:*');
    expect(key).not.toContain(tokenIn(alice.email));
    const left = await shop.redis.pttl(key!);
    expect(left).toBeGreaterThan(14.9 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
  });
});

describe('the token', () => {
  const reset = (token: string) => shop.visitor().post('/auth/reset', { token, password });

  test('is not used up by a shop too busy to hash the new password', async () => {
    let busy = true;
    const shop = await openShop(await redis.connect(''), {
      parts: {
        createPasswords: (cost) => {
          const usual = createPasswords(cost);
          return { ...usual, hash: (text) => (busy ? Promise.reject(new TooBusy()) : usual.hash(text)) };
        },
      },
    });
    const send = (path: string, body: object) => shop.visitor().post(path, body);
    await send('/auth/forgot', { email: alice.email });
    const token = shop.mails[0]!.text;
    expect((await send('/auth/reset', { token, password })).status).toBe(503);
    busy = false;
    expect((await send('/auth/reset', { token, password })).status).toBe(204);
  });

  test('sets the password and ends every session of its user, and of nobody else', async () => {
    const [thief, stranger] = [await shop.loggedIn(alice), await shop.loggedIn(mallory)];
    await forget(alice.email);
    const answer = await reset(tokenIn(alice.email));
    expect(answer.status).toBe(204);
    // The mail may have been read by somebody else: the password is still to be typed.
    expect(answer).toSetNoCookie();
    expect((await thief.get('/me')).status).toBe(401);
    expect((await stranger.get('/me')).status).toBe(200);
    expect((await shop.visitor().post('/auth/login', alice)).status).toBe(401);
    await shop.loggedIn({ ...alice, password });
    expect(shop.mails.at(-1)).toMatchObject({ to: alice.email, subject: 'Your password was changed' });
  });

  test('is good for one time, also for two requests at the same moment', async () => {
    await forget(alice.email);
    const both = await Promise.all([reset(tokenIn(alice.email)), reset(tokenIn(alice.email))]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect((await reset(tokenIn(alice.email))).status).toBe(400);
  });

  test.each(['', 'guess', '0', '../user:1'])('%j is none', async (token) => {
    await forget(alice.email);
    await forget('nobody@shop.example');
    expect((await reset(token)).status).toBe(400);
    await shop.loggedIn(alice);
  });

  test('is not used up by a password that is too short', async () => {
    await forget(alice.email);
    const token = tokenIn(alice.email);
    expect((await shop.visitor().post('/auth/reset', { token, password: 'short' })).status).toBe(400);
    expect((await reset(token)).status).toBe(204);
  });
});
