import { afterEach, beforeEach, expect, test } from 'vitest';
import { absolute, alice, closeApps, mallory, openApp, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

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

test('an order contains the items of the basket, is charged once, and empties the basket', async () => {
  const person = await app.loggedIn(alice);
  for (const item of ['hat', 'rabbit']) await person.post('/basket', { item });
  const answer = await person.post('/orders');
  expect([answer.status, answer.json.things]).toEqual([201, ['hat', 'rabbit']]);
  expect(app.charged).toEqual([answer.json.id]);
  expect((await person.get('/basket')).json).toEqual({ basket: [] });
  expect(await app.redis.keys('basket:*')).toEqual([]);
  expect((await person.get('/orders')).json).toEqual({ orders: [answer.json] });
});

test('a user sees the same orders on every device, and no orders of others', async () => {
  const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const stranger = await app.loggedIn(mallory);
  await laptop.post('/orders');
  expect((await phone.get('/orders')).json.orders).toHaveLength(1);
  expect((await stranger.get('/orders')).json.orders).toEqual([]);
});

test('stored orders expire', async () => {
  await (await app.loggedIn(alice)).post('/orders');
  expect(await app.redis.pttl('user:1:orders')).toBeGreaterThan(absolute - 3000);
});

test('a payment that fails leaves the basket unchanged', async () => {
  const failing = await openApp(app.redis, { charge: () => Promise.reject(new Error('card declined')) });
  const person = await failing.loggedIn(alice);
  await person.post('/basket', { item: 'hat' });
  expect((await person.post('/orders')).status).toBe(500);
  expect((await person.get('/basket')).json).toEqual({ basket: ['hat'] });
  expect((await person.get('/orders')).json.orders).toEqual([]);
});
