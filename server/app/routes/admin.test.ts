import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { admin, alice, closeShops, mallory, openShop, type Shop, type Visitor } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let shop: Shop;
let boss: Visitor;
let customer: Visitor;

beforeEach(async () => {
  redis = createMockRedis();
  shop = await openShop(await redis.connect(''));
  [boss, customer] = [await shop.loggedIn(admin), await shop.loggedIn(alice)];
});
afterEach(async () => {
  await closeShops();
  await redis.close();
});

const statusOf = async (visitor: Visitor) => (await visitor.get('/me')).status;

test('the users are 401 for a stranger, 403 for a customer, 200 for an admin', async () => {
  expect((await shop.visitor().get('/admin/users')).status).toBe(401);
  expect((await customer.get('/admin/users')).status).toBe(403);
  const answer = await boss.get('/admin/users');
  expect(answer.status).toBe(200);
  expect(answer.json.users).toContainEqual({ id: 1, email: alice.email, role: 'customer', disabled: false });
  expect(answer.text).not.toMatch(/hash|\$2b\$/i);
});

test.each(['/admin/users/2/disable', '/admin/users/2/enable', '/admin/users/2/role', '/admin/sessions/end-all'])(
  '%s is not for a customer, and the attempt is in the audit log',
  async (path) => {
    const other = await shop.loggedIn(mallory);
    expect((await customer.post(path, { role: 'admin' })).status).toBe(403);
    expect(shop.audited.at(-1)).toEqual({ name: 'authz_fail', userId: 1 });
    expect(shop.users.byId(2)).toMatchObject({ role: 'customer', disabled: false });
    expect(await statusOf(other)).toBe(200);
  },
);

describe('disabling', () => {
  test('ends every session of that user and no other, and shuts the login', async () => {
    const phone = await shop.loggedIn(alice, 'Phone');
    expect((await boss.post('/admin/users/1/disable')).json).toEqual({ ended: 2 });
    expect(await shop.sids()).toEqual([boss.sid]);
    for (const gone of [customer, phone]) expect(await statusOf(gone)).toBe(401);
    expect((await shop.visitor().post('/auth/login', alice)).status).toBe(401);
  });

  test('can be taken back, which opens the login but brings no session back', async () => {
    await boss.post('/admin/users/1/disable');
    expect((await boss.post('/admin/users/1/enable')).status).toBe(204);
    expect(await statusOf(customer)).toBe(401);
    await shop.loggedIn(alice);
  });
});

describe('a new role', () => {
  test('counts from the next request on: a demotion also in sessions that live', async () => {
    shop.users.update(3, { role: 'customer' });
    expect((await boss.get('/admin/users')).status).toBe(403);
    // The record still says what was true at login.
    expect(await shop.record(boss.sid)).toMatchObject({ role: 'admin' });
  });

  test('is not given to a session that was made before it', async () => {
    shop.users.update(1, { role: 'admin' });
    expect((await customer.get('/admin/users')).status).toBe(403);
    expect((await (await shop.loggedIn(alice)).get('/admin/users')).status).toBe(200);
  });

  test('ends the sessions of whoever gets it', async () => {
    expect((await boss.post('/admin/users/1/role', { role: 'admin' })).json).toEqual({ ended: 1 });
    expect(await statusOf(customer)).toBe(401);
    expect(shop.users.byId(1)).toMatchObject({ role: 'admin' });
  });

  test.each([{}, { role: 'king' }, { role: ['admin'] }])('cannot be %j', async (body) => {
    expect((await boss.post('/admin/users/1/role', body)).status).toBe(400);
    expect(await statusOf(customer)).toBe(200);
  });
});

test('ending all sessions ends everybody’s, the admin’s own included', async () => {
  expect((await boss.post('/admin/sessions/end-all')).json).toEqual({ ended: 2 });
  expect(await shop.sids()).toEqual([]);
});

test.each(['0', '99', 'x', '1e0x', '-1'])('there is no user %s', async (id) => {
  for (const what of ['disable', 'enable']) expect((await boss.post(`/admin/users/${id}/${what}`)).status).toBe(404);
  expect((await boss.post(`/admin/users/${id}/role`, { role: 'admin' })).status).toBe(404);
});
