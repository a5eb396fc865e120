import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop, recent, type Shop } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

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

const move = { email: 'alice@elsewhere.example' };

test('a password counts as typed just now for as long as it says, and not a moment longer', async () => {
  const person = await shop.loggedIn(alice);
  shop.clock.ahead = recent - 5000;
  expect((await person.post('/account/email', move)).status).toBe(200);
  shop.clock.ahead = recent;
  const answer = await person.post('/account/email', { email: alice.email });
  expect([answer.status, answer.json]).toEqual([403, { error: 'reauth_required' }]);
  expect(shop.users.byId(1)!.email).toBe(move.email);
});

test('typing it again opens the door again', async () => {
  const person = await shop.loggedIn(alice);
  shop.clock.ahead = recent;
  expect((await person.post('/account/email', move)).status).toBe(403);
  await person.post('/auth/confirm', { password: alice.password });
  expect((await person.post('/account/email', move)).status).toBe(200);
});

test('requests do not renew it, however many', async () => {
  const person = await shop.loggedIn(alice);
  for (const share of [0.3, 0.6, 0.9, 1]) {
    shop.clock.ahead = recent * share;
    expect((await person.get('/me')).status).toBe(200);
  }
  expect((await person.post('/account/email', move)).status).toBe(403);
});
