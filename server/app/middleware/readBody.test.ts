import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop, type Shop } from '../../../testing/testApp.ts';
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

test.each([
  ['application/json', JSON.stringify(alice), 200],
  ['application/json; charset=utf-8', JSON.stringify(alice), 200],
  // <form method="post" enctype="text/plain"> with a field whose name is JSON
  ['text/plain', JSON.stringify(alice), 400],
  // <form method="post">
  ['application/x-www-form-urlencoded', new URLSearchParams(alice).toString(), 400],
])('a login written as %s (%s) is answered %i', async (type, body, status) => {
  const answer = await shop.send('/auth/login', { method: 'POST', headers: { 'Content-Type': type }, body });
  expect(answer.status).toBe(status);
});

test('more than 16 kB is refused before it is parsed', async () => {
  const body = JSON.stringify({ item: 'x'.repeat(17_000) });
  expect((await shop.send('/basket', { method: 'POST', body })).status).toBe(413);
});
