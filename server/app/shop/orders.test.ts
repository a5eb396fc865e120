import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
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

/** An app whose payments wait until they are accepted or refused. */
async function withPendingPayments() {
  const pending: { accept: () => void; refuse: (error: Error) => void }[] = [];
  const charge = () => new Promise<void>((accept, refuse) => void pending.push({ accept, refuse }));
  const waiting = await openApp(app.redis, { charge });
  const paymentsAsked = (count: number) => eventually(() => expect(pending).toHaveLength(count));
  return { app: waiting, pending, paymentsAsked };
}

test('two clicks on "order" buy the basket once', async () => {
  const person = await app.loggedIn(alice);
  await person.post('/basket', { item: 'hat' });
  const both = await Promise.all([person.post('/orders'), person.post('/orders')]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(app.charged).toHaveLength(1);
  expect((await person.get('/orders')).json.orders).toHaveLength(1);
});

test('what is added during the payment is not ordered, and stays in the basket', async () => {
  const { app, pending, paymentsAsked } = await withPendingPayments();
  const person = await app.loggedIn(alice);
  await person.post('/basket', { item: 'hat' });
  const order = person.post('/orders');
  await paymentsAsked(1);
  await person.post('/basket', { item: 'rabbit' });
  pending[0]!.accept();
  expect((await order).json.things).toEqual(['hat']);
  expect((await person.get('/basket')).json).toEqual({ basket: ['rabbit'] });
});

test('a payment that fails puts the items back in front of those added meanwhile', async () => {
  const { app, pending, paymentsAsked } = await withPendingPayments();
  const person = await app.loggedIn(alice);
  for (const item of ['hat', 'scarf']) await person.post('/basket', { item });
  const order = person.post('/orders');
  await paymentsAsked(1);
  await person.post('/basket', { item: 'rabbit' });
  pending[0]!.refuse(new Error('card declined'));
  expect((await order).status).toBe(502);
  expect((await person.get('/basket')).json).toEqual({ basket: ['hat', 'scarf', 'rabbit'] });
  const [key] = await app.redis.keys('basket:*');
  expect(await app.redis.pttl(key!)).toBeGreaterThan(absolute - 3000);
});

test.each(['card declined', 'connect ECONNREFUSED 10.0.0.7:443', 'Command timed out'])(
  'a payment that fails (%s) leaves the basket unchanged, and is told as a payment, not as the session store',
  async (reason) => {
    const failing = await openApp(app.redis, { charge: () => Promise.reject(new Error(reason)) });
    const person = await failing.loggedIn(alice);
    await person.post('/basket', { item: 'hat' });
    const answer = await person.post('/orders');
    expect(answer.status).toBe(502);
    expect(answer.json).toEqual({ error: 'The payment failed. Your basket is unchanged.' });
    expect(failing.logged).toEqual([expect.objectContaining({ message: reason })]);
    expect((await person.get('/basket')).json).toEqual({ basket: ['hat'] });
    expect((await person.get('/orders')).json.orders).toEqual([]);
  },
);
