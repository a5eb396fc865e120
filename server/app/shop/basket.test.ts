import { afterEach, beforeEach, expect, test } from 'vitest';
import { absolute, closeApps, idle, openApp, sessionCookieMatchers, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { basketKey } from './basket.ts';

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

test('reading an empty basket creates no session, and adding an item creates one', async () => {
  const visitor = app.visitor();
  expect(await visitor.get('/basket')).toSetNoCookie();
  expect(await app.sids()).toEqual([]);

  const answer = await visitor.post('/basket', { item: 'hat' });
  expect(answer.json).toEqual({ basket: ['hat'] });
  expect(answer).toSetSessionCookie(idle);
  const { cookie: _, ...rest } = await app.record(visitor.sid);
  expect(rest).toEqual({ basketId: expect.any(String) });
  expect(await app.redis.lrange(basketKey(rest.basketId), 0, -1)).toEqual(['hat']);
  expect(await app.redis.pttl(basketKey(rest.basketId))).toBeGreaterThan(absolute - 3000);
});

test('no item is lost when several are added at the same moment', async () => {
  const visitor = app.visitor();
  await visitor.post('/basket', { item: 'hat' });
  const items = Array.from({ length: 10 }, (_, index) => `rabbit ${index}`);
  await Promise.all(items.map((item) => visitor.post('/basket', { item })));
  expect((await visitor.get('/basket')).json.basket.sort()).toEqual(['hat', ...items]);
});

test('two visitors have separate baskets', async () => {
  const [one, other] = [app.visitor(), app.visitor()];
  await one.post('/basket', { item: 'hat' });
  await other.post('/basket', { item: 'rabbit' });
  expect((await one.get('/basket')).json).toEqual({ basket: ['hat'] });
  expect((await other.get('/basket')).json).toEqual({ basket: ['rabbit'] });
});

test.each([{}, { item: '' }, { item: 7 }, { item: ['hat'] }, { item: 'x'.repeat(81) }, 'hat'])(
  '%j is refused, and creates no session',
  async (body) => {
    const answer = await app.visitor().post('/basket', body);
    expect(answer.status).toBe(400);
    expect(answer).toSetNoCookie();
    expect(await app.sids()).toEqual([]);
  },
);

test('a basket holds at most 50 items', async () => {
  const visitor = app.visitor();
  for (let count = 1; count <= 50; count++) await visitor.post('/basket', { item: `hat ${count}` });
  expect((await visitor.post('/basket', { item: 'one too many' })).status).toBe(409);
  expect((await visitor.get('/basket')).json.basket).toHaveLength(50);
});
