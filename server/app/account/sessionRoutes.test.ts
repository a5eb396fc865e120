import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  absolute,
  alice,
  closeApps,
  idle,
  mallory,
  openApp,
  sessionCookieMatchers,
  type TestApp,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { handleOf } from '../sessionIndex.ts';

expect.extend(sessionCookieMatchers);

let redis: MockRedis;
let app: TestApp;
let laptop: Visitor;
let phone: Visitor;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
  laptop = await app.loggedIn(alice, 'Laptop');
  app.clock.ahead += 1000;
  phone = await app.loggedIn(alice, 'Phone');
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const password = { password: alice.password };
const handles = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.get('/sessions')).json.sessions.map(({ handle }: { handle: string }) => handle);

describe('the list', () => {
  test('shows where the user is logged in, oldest first, and marks the current session', async () => {
    const { json } = await phone.get('/sessions');
    expect(json).toEqual({
      sessions: [
        { handle: handleOf(laptop.sid!), device: 'Laptop', loginAt: expect.any(String), current: false },
        { handle: handleOf(phone.sid!), device: 'Phone', loginAt: expect.any(String), current: true },
      ],
    });
    const [first, second] = json.sessions.map(({ loginAt }: { loginAt: string }) => Date.parse(loginAt));
    expect(second - first).toBeGreaterThanOrEqual(1000);
  });

  test('contains nothing that could be used as a cookie', async () => {
    const { text } = await phone.get('/sessions');
    for (const { sid } of [laptop, phone]) expect(text).not.toContain(sid);
  });

  test('contains only the user’s own sessions', async () => {
    const stranger = await app.loggedIn(mallory);
    expect(await handles(stranger)).toEqual([handleOf(stranger.sid!)]);
  });

  test('leaves out expired sessions, and removes them from the index', async () => {
    await app.redis.del(`sess:${laptop.sid}`);
    expect(await app.redis.zcard('user:1:sessions')).toBe(2);
    expect(await handles(phone)).toEqual([handleOf(phone.sid!)]);
    expect(await app.redis.zcard('user:1:sessions')).toBe(1);
  });

  test('expires no sooner than the newest session can', async () => {
    await app.redis.pexpire('user:1:sessions', 1000);
    await app.loggedIn(alice);
    expect(await app.redis.pttl('user:1:sessions')).toBeGreaterThan(absolute - 3000);
  });
});

describe('ending one session', () => {
  test('deletes its record at once, and no other record', async () => {
    const answer = await laptop.post(`/sessions/${handleOf(phone.sid!)}/end`, password);
    expect(answer.status).toBe(204);
    expect(await app.sids()).toEqual([laptop.sid]);
    expect(await handles(laptop)).toEqual([handleOf(laptop.sid!)]);
    expect((await phone.get('/me')).status).toBe(401);
    expect((await laptop.get('/me')).status).toBe(200);
  });

  test('can end the current session', async () => {
    expect((await laptop.post(`/sessions/${handleOf(laptop.sid!)}/end`, password)).status).toBe(204);
    expect((await laptop.get('/me')).status).toBe(401);
    expect(await app.sids()).toEqual([phone.sid]);
  });

  test('answers 404 to an unknown handle, to the handle of another user’s session, and to a session id', async () => {
    const stranger = await app.loggedIn(mallory);
    const before = await app.sids();
    for (const handle of ['nothing', handleOf(stranger.sid!), phone.sid!, '..%2F..', 'user:2:sessions']) {
      const answer = await laptop.post(`/sessions/${handle}/end`, password);
      expect([handle, answer.status]).toEqual([handle, 404]);
    }
    expect(await app.sids()).toEqual(before);
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, 403],
    ['another user’s password', { password: mallory.password }, 403],
    ['an empty password', { password: '' }, 403],
    ['no password', {}, 400],
    ['the value true as password', { password: true }, 400],
    ['no body', undefined, 400],
  ])('requires the password: %s changes nothing', async (_, body, status) => {
    const before = await app.sids();
    for (const path of [`/sessions/${handleOf(phone.sid!)}/end`, '/sessions/end-others']) {
      expect((await laptop.post(path, body)).status).toBe(status);
    }
    expect(await app.sids()).toEqual(before);
    expect(await handles(laptop)).toHaveLength(2);
  });
});

describe('ending all others', () => {
  test('ends neither the current session nor those of other users', async () => {
    const tablet = await app.loggedIn(alice, 'Tablet');
    const stranger = await app.loggedIn(mallory);
    const { status, json } = await tablet.post('/sessions/end-others', password);
    expect([status, json]).toEqual([200, { ended: 2 }]);
    expect(await app.sids()).toEqual([tablet.sid, stranger.sid].sort());
    for (const ended of [laptop, phone]) expect((await ended.get('/me')).status).toBe(401);
    for (const active of [tablet, stranger]) expect((await active.get('/me')).status).toBe(200);
  });

  test('removes expired sessions from the index too', async () => {
    await app.redis.del(`sess:${phone.sid}`);
    await laptop.post('/sessions/end-others', password);
    expect(await app.redis.zcard('user:1:sessions')).toBe(1);
  });
});

describe('the time left', () => {
  test('is the answer without renewing record or cookie', async () => {
    await app.redis.pexpire(`sess:${phone.sid}`, 5000);
    const answer = await phone.get('/session/left');
    expect(answer.json.left).toBeGreaterThan(3000);
    expect(answer).toSetNoCookie();
    expect(await app.redis.pttl(`sess:${phone.sid}`)).toBeLessThanOrEqual(5000);
  });

  test('counts to the absolute limit when that is nearer, until the user types the password again', async () => {
    app.clock.ahead += absolute - 60_000;
    const { left } = (await phone.get('/session/left')).json;
    expect(left).toBeGreaterThan(57_000);
    expect(left).toBeLessThanOrEqual(60_000);
    await phone.post('/auth/confirm', password);
    expect((await phone.get('/session/left')).json.left).toBeGreaterThan(idle - 3000);
    app.clock.ahead += absolute;
    expect((await phone.get('/session/left')).json).toEqual({ left: 0 });
  });

  test.each([
    ['without a cookie', () => undefined],
    ['with an id that we did not sign', (cookie: string) => `${cookie}x`],
  ])('is 0 %s', async (_, forge) => {
    phone.plant(forge(phone.cookie!));
    expect((await phone.get('/session/left')).json).toEqual({ left: 0 });
  });

  test('is extended, in record and cookie, by a request to extend it', async () => {
    await app.redis.pexpire(`sess:${phone.sid}`, 5000);
    const answer = await phone.post('/session/extend');
    expect(answer.status).toBe(204);
    expect(answer).toSetSessionCookie(idle);
    expect(await app.redis.pttl(`sess:${phone.sid}`)).toBeGreaterThan(idle - 3000);
  });
});
