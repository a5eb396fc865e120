import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { admin, alice, closeShops, openShop, type Shop } from '../testShop.ts';

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

test('the users are 401 for a stranger, 403 for a customer, 200 for an admin', async () => {
  expect((await shop.visitor().get('/admin/users')).status).toBe(401);
  expect((await (await shop.loggedIn(alice)).get('/admin/users')).status).toBe(403);
  const answer = await (await shop.loggedIn(admin)).get('/admin/users');
  expect(answer.status).toBe(200);
  expect(answer.json.users).toContainEqual({ id: 1, email: alice.email, role: 'customer' });
  expect(answer.text).not.toMatch(/hash|\$2b\$/i);
});

test('a demotion and a promotion count from the next request on, in sessions that live', async () => {
  const [boss, customer] = [await shop.loggedIn(admin), await shop.loggedIn(alice)];
  const roleOf = (email: string) => shop.people.find((user) => user.email === email)!;

  roleOf(admin.email).role = 'customer';
  roleOf(alice.email).role = 'admin';
  expect((await boss.get('/admin/users')).status).toBe(403);
  expect((await customer.get('/admin/users')).status).toBe(200);
  // The record still says what was true at login.
  expect(await shop.record(boss.sid)).toMatchObject({ role: 'admin' });
});
