import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  admin,
  alice,
  closeApps,
  mallory,
  openApp,
  sessionCookieMatchers,
  type TestApp,
  tokenIn,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

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

const bob = { email: 'bob@shop.example', password: 'a-bird-in-the-hand' };

const register = (body: object) => app.visitor().post('/auth/register', body);
const confirm = (body: object) => app.visitor().post('/auth/confirm-email', { token: tokenIn(app.mails[0]), ...body });

test('registering adds a customer when a password is chosen behind the link in the mail, and not before', async () => {
  const answer = await register({ email: bob.email });
  expect(answer.status).toBe(202);
  expect(answer).toSetNoCookie();
  expect(app.mails).toMatchObject([{ to: bob.email, subject: 'Finish your registration' }]);
  expect((await app.visitor().post('/auth/login', bob)).status).toBe(401);
  const confirmed = await confirm({ password: bob.password });
  expect(confirmed.status).toBe(204);
  expect(confirmed).toSetNoCookie();
  await app.loggedIn(bob);
});

test('who registers the e-mail of somebody else knows nothing of the account that its owner gets', async () => {
  const mallory = app.visitor();
  const hers = { email: bob.email, password: 'mallorys-choice' };
  expect(await mallory.post('/auth/register', hers)).toSetNoCookie();
  expect((await confirm({ password: bob.password })).status).toBe(204);
  expect((await mallory.get('/me')).status).toBe(401);
  expect((await mallory.post('/auth/login', hers)).status).toBe(401);
  await app.loggedIn(bob);
});

test('a taken e-mail stores as much in Redis as a free one', async () => {
  await register({ email: bob.email });
  const keys = (await app.redis.keys('*')).length;
  await register({ email: alice.email });
  // The source has one counter for both.
  expect(await app.redis.keys('*')).toHaveLength(2 * keys - 1);
});

test('no other field counts: nobody registers as an admin or for another user', async () => {
  await register({ ...bob, role: 'admin', userId: 1, id: 1, credentialVersion: 1, passwordHash: 'x' });
  await confirm({ password: bob.password, email: 'crow@evil.example', role: 'admin', userId: 1 });
  expect(app.users.byEmail(bob.email)).toMatchObject({ id: 4, role: 'customer' });
  expect(app.users.all().map(({ email }) => email)).toEqual([alice.email, mallory.email, admin.email, bob.email]);
});

test('another site can neither register somebody nor use a link', async () => {
  for (const path of ['/auth/register', '/auth/confirm-email']) {
    const answer = await app.visitor().post(path, { ...bob, token: 'x' }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(403);
  }
  expect(app.mails).toEqual([]);
});

test('an e-mail that is taken gets the same answer, byte for byte, and its owner gets a mail', async () => {
  const free = await register({ email: bob.email });
  const taken = await register({ email: alice.email });
  expect([taken.status, taken.text]).toEqual([free.status, free.text]);
  expect(app.mails.at(-1)).toMatchObject({ to: alice.email, subject: 'You have an account already' });
  await app.loggedIn(alice);
});

test.each([
  ['an invalid e-mail', 'bob'],
  ['no e-mail', undefined],
  ['an e-mail with a second header in it', 'bob@shop.example\r\nBcc: crow@evil.example'],
  ['an e-mail with a letter that only looks like one of ours', 'b\u043eb@shop.example'],
  ['an e-mail whose lower case is another one', '\u212aate@shop.example'],
  ['an e-mail of 300 letters', `${'b'.repeat(290)}@s.example`],
  ['two e-mails', [bob.email, alice.email]],
  ['an object for an e-mail', { toString: 'x' }],
])('%s is refused with a reason', async (_, email) => {
  const answer = await register({ email });
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
  expect([app.users.all().length, app.mails]).toEqual([3, []]);
});

test.each([
  ['a password of seven characters', '1234567'],
  ['a password of more than 72 bytes', 'é'.repeat(37)],
  ['no password', undefined],
  ['a list of passwords', ['long-enough-1', 'long-enough-2']],
])('%s is refused with a reason, and the link stays valid', async (_, password) => {
  await register({ email: bob.email });
  const answer = await confirm({ password });
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.stringMatching(/password/i) });
  expect(app.users.all()).toHaveLength(3);
  expect((await confirm({ password: bob.password })).status).toBe(204);
});
