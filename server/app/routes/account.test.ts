import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeShops, mallory, openShop, type Shop, sessionCookieMatchers } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

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

const bob = { email: 'bob@shop.example', password: 'a-bird-in-the-hand' };

describe('registering', () => {
  test('makes a customer who can log in, and says so by mail only', async () => {
    const answer = await shop.visitor().post('/auth/register', bob);
    expect(answer.status).toBe(202);
    expect(answer).toSetNoCookie();
    expect(shop.mails).toMatchObject([{ to: bob.email, subject: 'Welcome' }]);
    await shop.loggedIn(bob);
  });

  test('with an e-mail that is taken is answered alike, byte for byte, and tells its owner', async () => {
    const free = await shop.visitor().post('/auth/register', bob);
    const taken = await shop.visitor().post('/auth/register', { ...alice, password: 'mallorys-choice' });
    expect([taken.status, taken.text]).toEqual([free.status, free.text]);
    expect(shop.mails.at(-1)).toMatchObject({ to: alice.email, subject: 'You have an account already' });
    await shop.loggedIn(alice);
  });

  test.each([
    ['a password of seven characters', { ...bob, password: '1234567' }],
    ['a password of more than 72 bytes', { ...bob, password: 'é'.repeat(37) }],
    ['an e-mail that is none', { ...bob, email: 'bob' }],
    ['no password', { email: bob.email }],
  ])('%s is refused with a reason', async (_, body) => {
    const answer = await shop.visitor().post('/auth/register', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
    expect([shop.users.all().length, shop.mails]).toEqual([3, []]);
  });
});

describe('a new e-mail', () => {
  const move = { email: 'Alice@Elsewhere.Example' };

  test('is the one to log in with from then on, and the old address is told', async () => {
    const person = await shop.loggedIn(alice);
    expect((await person.post('/account/email', move)).status).toBe(200);
    expect(shop.mails).toMatchObject([{ to: alice.email, text: expect.stringContaining(move.email) }]);
    expect((await shop.visitor().post('/auth/login', alice)).status).toBe(401);
    await shop.loggedIn({ ...alice, ...move });
  });

  test.each([
    [mallory.email, 409],
    ['ALICE@shop.example', 409],
    ['alice', 400],
  ])('cannot be %s', async (email, status) => {
    const person = await shop.loggedIn(alice);
    expect((await person.post('/account/email', { email })).status).toBe(status);
    expect(shop.users.byId(1)!.email).toBe(alice.email);
    expect(shop.mails).toEqual([]);
  });
});

describe('a new password', () => {
  const change = { currentPassword: alice.password, newPassword: 'down-the-rabbit-hole' };

  test('ends every other session, and gives the one that asks a new id and token', async () => {
    const [laptop, phone] = [await shop.loggedIn(alice, 'Laptop'), await shop.loggedIn(alice, 'Phone')];
    const thief = shop.visitor();
    thief.plant(laptop.cookie);
    const before = { sid: laptop.sid, csrfToken: laptop.csrfToken };

    expect((await laptop.post('/account/password', change)).status).toBe(200);
    expect(await shop.sids()).toEqual([laptop.sid]);
    expect(laptop.sid).not.toBe(before.sid);
    expect(laptop.csrfToken).not.toBe(before.csrfToken);
    expect((await laptop.post('/basket', { item: 'hat' })).status).toBe(200);
    for (const gone of [phone, thief]) expect((await gone.get('/me')).status).toBe(401);
    expect((await laptop.get('/sessions')).json.sessions).toHaveLength(1);
    expect(shop.mails).toMatchObject([{ to: alice.email, subject: 'Your password was changed' }]);
    expect(shop.audited).toContainEqual({ name: 'authn_password_change', userId: 1 });
  });

  test('is the one to log in with from then on', async () => {
    await (await shop.loggedIn(alice)).post('/account/password', change);
    expect((await shop.visitor().post('/auth/login', alice)).status).toBe(401);
    await shop.loggedIn({ ...alice, password: change.newPassword });
  });

  test.each([
    ['without the old one', { ...change, currentPassword: 'guess' }, 403],
    ['too short', { ...change, newPassword: '1234567' }, 400],
    ['too long', { ...change, newPassword: 'x'.repeat(73) }, 400],
  ])('%s is refused, and nothing changes', async (_, body, status) => {
    const [laptop, phone] = [await shop.loggedIn(alice), await shop.loggedIn(alice)];
    expect((await laptop.post('/account/password', body)).status).toBe(status);
    for (const still of [laptop, phone]) expect((await still.get('/me')).status).toBe(200);
    await shop.loggedIn(alice);
    expect(shop.mails).toEqual([]);
  });
});

// What a thief with the cookie would do to keep the account for good.
test('a password is asked for a few times only, whichever door the guesses come by', async () => {
  const thief = await shop.loggedIn(alice);
  const doors: [path: string, body: object][] = [
    ['/account/password', { currentPassword: 'guess', newPassword: 'down-the-rabbit-hole' }],
    ['/sessions/end-others', { password: 'guess' }],
    ['/auth/confirm', { password: 'guess' }],
  ];
  const statuses: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [path, body] of doors) statuses.push((await thief.post(path, body)).status);
  }
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429, 429]);
  const answer = await thief.post('/account/password', {
    currentPassword: alice.password,
    newPassword: 'down-the-rabbit-hole',
  });
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
