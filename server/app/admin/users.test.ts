import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  admin,
  alice,
  closeApps,
  mallory,
  openApp,
  recent,
  type TestApp,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let app: TestApp;
let adminUser: Visitor;
let customer: Visitor;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
  [adminUser, customer] = [await app.loggedIn(admin), await app.loggedIn(alice)];
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

const statusOf = async (visitor: Visitor) => (await visitor.get('/me')).status;

test('the list of users answers 401 to a visitor, 403 to a customer, and 200 to an admin', async () => {
  expect((await app.visitor().get('/admin/users')).status).toBe(401);
  expect((await customer.get('/admin/users')).status).toBe(403);
  const answer = await adminUser.get('/admin/users');
  expect(answer.status).toBe(200);
  expect(answer.json.users).toContainEqual({ id: 1, email: alice.email, role: 'customer', disabled: false });
  expect(answer.text).not.toMatch(/hash|\$2b\$/i);
});

test.each(['/admin/users/2/disable', '/admin/users/2/enable', '/admin/users/2/role', '/admin/sessions/end-all'])(
  '%s is refused to a customer, and the attempt is in the audit log',
  async (path) => {
    const other = await app.loggedIn(mallory);
    expect((await customer.post(path, { role: 'admin' })).status).toBe(403);
    expect(app.audited.at(-1)).toEqual({ name: 'authz_fail', userId: 1 });
    expect(app.users.byId(2)).toMatchObject({ role: 'customer', disabled: false });
    expect(await statusOf(other)).toBe(200);
  },
);

describe('disabling', () => {
  test('ends every session of that user and no other, and prevents a login', async () => {
    const phone = await app.loggedIn(alice, 'Phone');
    expect((await adminUser.post('/admin/users/1/disable')).json).toEqual({ ended: 2 });
    expect(await app.sids()).toEqual([adminUser.sid]);
    for (const ended of [customer, phone]) expect(await statusOf(ended)).toBe(401);
    expect((await app.visitor().post('/auth/login', alice)).status).toBe(401);
  });

  test('can be undone: the user can log in again, but old sessions stay ended', async () => {
    await adminUser.post('/admin/users/1/disable');
    expect((await adminUser.post('/admin/users/1/enable')).status).toBe(204);
    expect(await statusOf(customer)).toBe(401);
    await app.loggedIn(alice);
    expect(app.audited).toContainEqual({ name: 'user_disabled', userId: 1, by: 3 });
    expect(app.audited).toContainEqual({ name: 'user_enabled', userId: 1, by: 3 });
  });
});

describe('a new role', () => {
  test('takes effect with the next request: a demotion does so in active sessions too', async () => {
    app.users.update(3, { role: 'customer' });
    expect((await adminUser.get('/admin/users')).status).toBe(403);
    // The record still says what was true at login.
    expect(await app.record(adminUser.sid)).toMatchObject({ role: 'admin' });
  });

  test('is not given to a session that was made before it', async () => {
    app.users.update(1, { role: 'admin' });
    expect((await customer.get('/admin/users')).status).toBe(403);
    expect((await (await app.loggedIn(alice)).get('/admin/users')).status).toBe(200);
  });

  test('needs a password that was typed recently', async () => {
    app.clock.ahead = recent;
    const ask = () => adminUser.post('/admin/users/1/role', { role: 'admin' });
    expect(await ask()).toMatchObject({ status: 403, json: { error: 'reauth_required' } });
    expect(app.users.byId(1)!.role).toBe('customer');
    await adminUser.post('/auth/confirm', { password: admin.password });
    expect((await ask()).status).toBe(200);
  });

  test('ends the sessions of the user who gets it', async () => {
    expect((await adminUser.post('/admin/users/1/role', { role: 'admin' })).json).toEqual({ ended: 1 });
    expect(await statusOf(customer)).toBe(401);
    expect(app.users.byId(1)).toMatchObject({ role: 'admin' });
    expect(app.audited.at(-1)).toEqual({ name: 'user_role_changed', userId: 1, by: 3 });
  });

  test.each([{}, { role: 'king' }, { role: ['admin'] }])('cannot be %j', async (body) => {
    expect((await adminUser.post('/admin/users/1/role', body)).status).toBe(400);
    expect(await statusOf(customer)).toBe(200);
  });
});

test('ending all sessions includes the admin’s own', async () => {
  expect((await adminUser.post('/admin/sessions/end-all')).json).toEqual({ ended: 2 });
  expect(await app.sids()).toEqual([]);
  expect(app.audited.at(-1)).toEqual({ name: 'session_revoked', by: 3 });
});

test.each(['0', '99', 'x', '1e0x', '-1'])('an unknown user %s is answered 404', async (id) => {
  for (const what of ['disable', 'enable'])
    expect((await adminUser.post(`/admin/users/${id}/${what}`)).status).toBe(404);
  expect((await adminUser.post(`/admin/users/${id}/role`, { role: 'admin' })).status).toBe(404);
});
