import { afterEach, beforeEach, expect, test } from 'vitest';
import { absolute, closeShops, idle, openShop, type Shop, sessionCookieMatchers } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { basketKey } from './basket.ts';

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

test('looking at an empty basket makes no session, putting something in makes one', async () => {
  const visitor = shop.visitor();
  expect(await visitor.get('/basket')).toSetNoCookie();
  expect(await shop.sids()).toEqual([]);

  const answer = await visitor.post('/basket', { item: 'hat' });
  expect(answer.json).toEqual({ basket: ['hat'] });
  expect(answer).toSetSessionCookie(idle);
  const { cookie: _, ...rest } = await shop.record(visitor.sid);
  expect(rest).toEqual({ basketId: expect.any(String) });
  expect(await shop.redis.lrange(basketKey(rest.basketId), 0, -1)).toEqual(['hat']);
  expect(await shop.redis.pttl(basketKey(rest.basketId))).toBeGreaterThan(absolute - 3000);
});

test('of things added at the same moment none is lost', async () => {
  const visitor = shop.visitor();
  await visitor.post('/basket', { item: 'hat' });
  const items = Array.from({ length: 10 }, (_, index) => `rabbit ${index}`);
  await Promise.all(items.map((item) => visitor.post('/basket', { item })));
  expect((await visitor.get('/basket')).json.basket.sort()).toEqual(['hat', ...items]);
});

test('two visitors have two baskets', async () => {
  const [one, other] = [shop.visitor(), shop.visitor()];
  await one.post('/basket', { item: 'hat' });
  await other.post('/basket', { item: 'rabbit' });
  expect((await one.get('/basket')).json).toEqual({ basket: ['hat'] });
  expect((await other.get('/basket')).json).toEqual({ basket: ['rabbit'] });
});

test.each([{}, { item: '' }, { item: 7 }, { item: ['hat'] }, { item: 'x'.repeat(81) }, 'hat'])(
  '%j is nothing for a basket, and makes no session',
  async (body) => {
    const answer = await shop.visitor().post('/basket', body);
    expect(answer.status).toBe(400);
    expect(answer).toSetNoCookie();
    expect(await shop.sids()).toEqual([]);
  },
);

test('a basket holds 50 things', async () => {
  const visitor = shop.visitor();
  for (let count = 1; count <= 50; count++) await visitor.post('/basket', { item: `hat ${count}` });
  expect((await visitor.post('/basket', { item: 'one too many' })).status).toBe(409);
  expect((await visitor.get('/basket')).json.basket).toHaveLength(50);
});
