import { afterEach, beforeEach, expect, test } from 'vitest';
import { admin, alice, closeApps, mallory, openApp, type TestApp } from '../../../testing/testApp.ts';
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

const bob = { email: 'bob@shop.example', password: 'a-bird-in-the-hand' };
const register = (who = bob) => app.visitor().post('/auth/register', who);
const use = (token: unknown) => app.visitor().post('/auth/confirm-email', { token });
const lastLink = () => app.mails.at(-1)!.text;

test('a link works once, even for two requests at the same moment', async () => {
  await register();
  const both = await Promise.all([use(lastLink()), use(lastLink())]);
  expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
  expect(app.users.all()).toHaveLength(4);
});

test('of two links for one e-mail, the first that is used gets it', async () => {
  await register();
  const mallorys = lastLink();
  await register({ ...bob, password: 'another-password' });
  expect((await use(lastLink())).status).toBe(204);
  expect((await use(mallorys)).status).toBe(400);
  await app.loggedIn({ ...bob, password: 'another-password' });
});

test('Redis holds only a hash of the token, for an hour', async () => {
  await register();
  const [key] = await app.redis.keys('confirm:*');
  expect(key).not.toContain(lastLink());
  const left = await app.redis.pttl(key!);
  expect(left).toBeGreaterThan(59 * 60_000);
  expect(left).toBeLessThanOrEqual(60 * 60_000);
});

test.each(['', 'guess', '../user:1', ['a'], { a: 1 }, null, 7])('%j is no link', async (token) => {
  await register();
  expect((await use(token)).status).toBe(400);
  expect(app.users.all()).toHaveLength(3);
});

test('a link for a new e-mail is worthless when its user has changed the password, or is disabled', async () => {
  const person = await app.loggedIn(alice);
  await person.post('/account/email', { email: 'crow@evil.example' });
  const link = lastLink();
  await person.post('/account/password', { currentPassword: alice.password, newPassword: 'down-the-rabbit-hole' });
  expect((await use(link)).status).toBe(400);
  await (await app.loggedIn(mallory)).post('/account/email', { email: 'crow@evil.example' });
  const operator = await app.loggedIn(admin);
  await operator.post('/admin/users/2/disable');
  expect((await use(lastLink())).status).toBe(400);
});

test('Redis never holds the hash of a password', async () => {
  await register();
  const values = await Promise.all((await app.redis.keys('*')).map((key) => app.redis.get(key)));
  expect(values.some((value) => value?.includes(bob.email))).toBe(true);
  expect(values.join()).not.toContain('$2b$');
});

test('two users who ask for the same e-mail cannot both get it', async () => {
  const email = 'both@shop.example';
  await (await app.loggedIn(alice)).post('/account/email', { email });
  await (await app.loggedIn(mallory)).post('/account/email', { email });
  const links = app.mails.map(({ text }) => text);
  const both = await Promise.all(links.map(use));
  expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
});

test('an old link cannot bring an earlier e-mail back', async () => {
  const person = await app.loggedIn(alice);
  await person.post('/account/email', { email: 'one@shop.example' });
  const first = lastLink();
  expect((await use(first)).status).toBe(204);
  await person.post('/account/email', { email: 'two@shop.example' });
  expect((await use(lastLink())).status).toBe(204);
  expect((await use(first)).status).toBe(400);
  expect(app.users.byId(1)!.email).toBe('two@shop.example');
});
