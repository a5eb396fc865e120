import { afterEach, beforeEach, expect, test } from 'vitest';
import { absolute, alice, closeShops, mallory, openShop, type Shop } from '../../../testing/testApp.ts';
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

test('an order takes what is in the basket, is paid for once, and leaves the basket empty', async () => {
  const person = await shop.loggedIn(alice);
  for (const item of ['hat', 'rabbit']) await person.post('/basket', { item });
  const answer = await person.post('/orders');
  expect([answer.status, answer.json.things]).toEqual([201, ['hat', 'rabbit']]);
  expect(shop.charged).toEqual([answer.json.id]);
  expect((await person.get('/basket')).json).toEqual({ basket: [] });
  expect(await shop.redis.keys('basket:*')).toEqual([]);
  expect((await person.get('/orders')).json).toEqual({ orders: [answer.json] });
});

test('orders are one’s own, seen from all of one’s devices', async () => {
  const [laptop, phone] = [await shop.loggedIn(alice), await shop.loggedIn(alice)];
  const stranger = await shop.loggedIn(mallory);
  await laptop.post('/orders');
  expect((await phone.get('/orders')).json.orders).toHaveLength(1);
  expect((await stranger.get('/orders')).json.orders).toEqual([]);
});

test('what is kept of them ends by itself', async () => {
  await (await shop.loggedIn(alice)).post('/orders');
  expect(await shop.redis.pttl('user:1:orders')).toBeGreaterThan(absolute - 3000);
});

test('a payment that fails leaves the basket as it was', async () => {
  const failing = await openShop(shop.redis, { charge: () => Promise.reject(new Error('card declined')) });
  const person = await failing.loggedIn(alice);
  await person.post('/basket', { item: 'hat' });
  expect((await person.post('/orders')).status).toBe(500);
  expect((await person.get('/basket')).json).toEqual({ basket: ['hat'] });
  expect((await person.get('/orders')).json.orders).toEqual([]);
});
