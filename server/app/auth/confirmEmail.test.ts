import bcrypt from 'bcrypt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { admin, alice, closeApps, mallory, openApp, type TestApp, tokenIn } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords as createUsual, type Passwords, TooBusy } from '../passwords.ts';

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
const register = () => app.visitor().post('/auth/register', { email: bob.email });
const use = (token: unknown, password = bob.password) => app.visitor().post('/auth/confirm-email', { token, password });
/** Opens an app that hashes passwords in another way. */
async function openWithHash(hash: (text: string, usual: Passwords['hash']) => Promise<string>): Promise<void> {
  const createPasswords = (cost: number): Passwords => {
    const usual = createUsual(cost);
    return { ...usual, hash: (text) => hash(text, usual.hash) };
  };
  app = await openApp(await redis.connect(''), { parts: { createPasswords } });
}
const lastLink = () => tokenIn(app.mails.at(-1));

test('a link works once, even for two requests at the same moment', async () => {
  await register();
  const both = await Promise.all([use(lastLink()), use(lastLink())]);
  expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
  expect(app.users.all()).toHaveLength(4);
});

test('of two links for one e-mail, the first that is used gets it', async () => {
  await register();
  const first = lastLink();
  await register();
  expect((await use(lastLink(), 'another-password')).status).toBe(204);
  expect((await use(first)).status).toBe(400);
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

test('a link of which an older version of the app has stored something else is too old, and no error of ours', async () => {
  await register();
  const [key] = await app.redis.keys('confirm:*');
  await app.redis.set(key!, JSON.stringify({ address: bob.email }), 'KEEPTTL');
  const answer = await use(lastLink());
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: 'This link is used or too old. Ask for a new one.' });
});

test('a new customer is in the audit log', async () => {
  await register();
  await use(lastLink());
  expect(app.audited).toEqual([{ name: 'user_created', userId: 4 }]);
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

test('a link costs a hash only when it is valid, and then one', async () => {
  let hashes = 0;
  const counting = (text: string, hash: Passwords['hash']) => {
    hashes += 1;
    return hash(text);
  };
  await openWithHash(counting);
  await register();
  const fourteen = async (token: string) =>
    (await Promise.all(Array.from({ length: 14 }, () => use(token)))).map(({ status }) => status);
  expect(await fourteen(`${lastLink()}x`)).toEqual(Array(14).fill(400));
  expect(hashes).toBe(0);
  expect((await fourteen(lastLink())).sort()).toEqual([204, ...Array(13).fill(400)]);
  expect(hashes).toBe(1);
});

test('a link stays valid for the rest of its time when the app is too busy to hash the password', async () => {
  let busy = true;
  await openWithHash((text, hash) => (busy ? Promise.reject(new TooBusy()) : hash(text)));
  await register();
  const [key] = await app.redis.keys('confirm:*');
  await app.redis.pexpire(key!, 5000);
  expect((await use(lastLink())).status).toBe(503);
  expect(await app.redis.pttl(key!)).toBeLessThanOrEqual(5000);
  busy = false;
  expect((await use(lastLink())).status).toBe(204);
});

test('an e-mail that got an account in another way meanwhile stays with it', async () => {
  await register();
  app.users.add(bob.email, await bcrypt.hash('another-password', 4));
  expect((await use(lastLink())).status).toBe(400);
  await app.loggedIn({ ...bob, password: 'another-password' });
});

test('a link for a new e-mail sets no password, and its mail has another subject', async () => {
  await (await app.loggedIn(alice)).post('/account/email', { email: 'alice@elsewhere.example' });
  expect(app.mails.at(-1)!.subject).toBe('Confirm your new e-mail');
  expect((await use(lastLink(), 'mallorys-choice')).status).toBe(204);
  await app.loggedIn({ ...alice, email: 'alice@elsewhere.example' });
});

test('two users who ask for the same e-mail cannot both get it', async () => {
  const email = 'both@shop.example';
  await (await app.loggedIn(alice)).post('/account/email', { email });
  await (await app.loggedIn(mallory)).post('/account/email', { email });
  const links = app.mails.map(tokenIn);
  const both = await Promise.all(links.map((link) => use(link)));
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
