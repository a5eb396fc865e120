import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, mallory, openShop, type Shop } from '../../../testing/testApp.ts';
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

const changing = ['/basket', '/auth/logout', '/account/email', '/account/password', '/orders', '/sessions/end-others'];

test.each(changing)('%s of somebody logged in needs the token of the session', async (path) => {
  const person = await shop.loggedIn(alice);
  const other = await shop.loggedIn(mallory);
  for (const token of ['', 'guess', other.csrfToken!]) {
    expect((await person.post(path, { item: 'hat' }, { 'X-CSRF-Token': token })).status).toBe(403);
  }
  expect(shop.audited.filter(({ name }) => name === 'csrf_refused')).toHaveLength(3);
  expect((await person.get('/me')).status).toBe(200);
  expect((await person.get('/basket')).json).toEqual({ basket: [] });
});

test('visitors have nothing that could be changed in their name, and need none', async () => {
  expect((await shop.visitor().post('/basket', { item: 'hat' })).status).toBe(200);
});

test('the token from before a new login is worth nothing after it', async () => {
  const person = await shop.loggedIn(alice);
  const stale = { 'X-CSRF-Token': person.csrfToken! };
  await person.post('/auth/login', alice);
  expect((await person.post('/basket', { item: 'hat' }, stale)).status).toBe(403);
  expect((await person.post('/basket', { item: 'hat' })).status).toBe(200);
});

test('GET /me gives the token to a page that has lost it', async () => {
  const person = await shop.loggedIn(alice);
  const again = shop.visitor();
  again.plant(person.cookie);
  expect((await again.post('/basket', { item: 'hat' })).status).toBe(403);
  await again.get('/me');
  expect(again.csrfToken).toBe(person.csrfToken);
  expect((await again.post('/basket', { item: 'hat' })).status).toBe(200);
});
