import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { absolute, alice, closeShops, mallory, openShop, type Shop, type Visitor } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { handleOf } from '../sessionIndex.ts';

let redis: MockRedis;
let shop: Shop;
let laptop: Visitor;
let phone: Visitor;

beforeEach(async () => {
  redis = createMockRedis();
  shop = await openShop(await redis.connect(''));
  laptop = await shop.loggedIn(alice, 'Laptop');
  shop.clock.ahead += 1000;
  phone = await shop.loggedIn(alice, 'Phone');
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

const password = { password: alice.password };
const handles = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.get('/sessions')).json.sessions.map(({ handle }: { handle: string }) => handle);

describe('the list', () => {
  test('shows where one is logged in, oldest first, and marks the session that asks', async () => {
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

  test('holds nothing that could be used as a cookie', async () => {
    const { text } = await phone.get('/sessions');
    for (const { sid } of [laptop, phone]) expect(text).not.toContain(sid);
  });

  test('is one’s own only', async () => {
    const stranger = await shop.loggedIn(mallory);
    expect(await handles(stranger)).toEqual([handleOf(stranger.sid!)]);
  });

  test('drops what expired by itself, from the index too', async () => {
    await shop.redis.del(`sess:${laptop.sid}`);
    expect(await shop.redis.zcard('user:1:sessions')).toBe(2);
    expect(await handles(phone)).toEqual([handleOf(phone.sid!)]);
    expect(await shop.redis.zcard('user:1:sessions')).toBe(1);
  });

  test('lives as long as the newest session can', async () => {
    await shop.redis.pexpire('user:1:sessions', 1000);
    await shop.loggedIn(alice);
    expect(await shop.redis.pttl('user:1:sessions')).toBeGreaterThan(absolute - 3000);
  });
});

describe('ending one', () => {
  test('deletes its record at once, and no other', async () => {
    const answer = await laptop.post(`/sessions/${handleOf(phone.sid!)}/end`, password);
    expect(answer.status).toBe(204);
    expect(await shop.sids()).toEqual([laptop.sid]);
    expect(await handles(laptop)).toEqual([handleOf(laptop.sid!)]);
    expect((await phone.get('/me')).status).toBe(401);
    expect((await laptop.get('/me')).status).toBe(200);
  });

  test('can be the one that asks', async () => {
    expect((await laptop.post(`/sessions/${handleOf(laptop.sid!)}/end`, password)).status).toBe(204);
    expect((await laptop.get('/me')).status).toBe(401);
    expect(await shop.sids()).toEqual([phone.sid]);
  });

  test('answers 404 for a handle that never was, for somebody else’s, and for a session id', async () => {
    const stranger = await shop.loggedIn(mallory);
    const before = await shop.sids();
    for (const handle of ['nothing', handleOf(stranger.sid!), phone.sid!, '..%2F..', 'user:2:sessions']) {
      const answer = await laptop.post(`/sessions/${handle}/end`, password);
      expect([handle, answer.status]).toEqual([handle, 404]);
    }
    expect(await shop.sids()).toEqual(before);
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, 403],
    ['somebody else’s password', { password: mallory.password }, 403],
    ['an empty password', { password: '' }, 403],
    ['no password', {}, 400],
    ['a password that is true', { password: true }, 400],
    ['no body', undefined, 400],
  ])('needs the password: %s changes nothing', async (_, body, status) => {
    const before = await shop.sids();
    for (const path of [`/sessions/${handleOf(phone.sid!)}/end`, '/sessions/end-others']) {
      expect((await laptop.post(path, body)).status).toBe(status);
    }
    expect(await shop.sids()).toEqual(before);
    expect(await handles(laptop)).toHaveLength(2);
  });
});

describe('ending all others', () => {
  test('leaves the one that asks and other people’s', async () => {
    const tablet = await shop.loggedIn(alice, 'Tablet');
    const stranger = await shop.loggedIn(mallory);
    const { status, json } = await tablet.post('/sessions/end-others', password);
    expect([status, json]).toEqual([200, { ended: 2 }]);
    expect(await shop.sids()).toEqual([tablet.sid, stranger.sid].sort());
    for (const gone of [laptop, phone]) expect((await gone.get('/me')).status).toBe(401);
    for (const left of [tablet, stranger]) expect((await left.get('/me')).status).toBe(200);
  });

  test('takes what had expired by itself off the list as well', async () => {
    await shop.redis.del(`sess:${phone.sid}`);
    await laptop.post('/sessions/end-others', password);
    expect(await shop.redis.zcard('user:1:sessions')).toBe(1);
  });
});
