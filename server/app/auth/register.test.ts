import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp, sessionCookieMatchers, type TestApp } from '../../../testing/testApp.ts';
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

test('registering adds a customer when the link in the mail is used, and not before', async () => {
  const answer = await app.visitor().post('/auth/register', bob);
  expect(answer.status).toBe(202);
  expect(answer).toSetNoCookie();
  expect(app.mails).toMatchObject([{ to: bob.email, subject: 'Confirm your e-mail' }]);
  expect((await app.visitor().post('/auth/login', bob)).status).toBe(401);
  const confirmed = await app.visitor().post('/auth/confirm-email', { token: app.mails[0]!.text });
  expect(confirmed.status).toBe(204);
  expect(confirmed).toSetNoCookie();
  await app.loggedIn(bob);
});

test('a taken e-mail stores as much in Redis as a free one', async () => {
  await app.visitor().post('/auth/register', bob);
  const keys = (await app.redis.keys('*')).length;
  await app.visitor().post('/auth/register', { ...alice, password: 'mallorys-choice' });
  // The source has one counter for both.
  expect(await app.redis.keys('*')).toHaveLength(2 * keys - 1);
});

test('no field but e-mail and password counts: nobody registers as an admin or for another user', async () => {
  await app.visitor().post('/auth/register', { ...bob, role: 'admin', userId: 1, id: 1, passwordHash: 'x' });
  await app.visitor().post('/auth/confirm-email', { token: app.mails[0]!.text, role: 'admin', userId: 1 });
  expect(app.users.byEmail(bob.email)).toMatchObject({ id: 4, role: 'customer' });
  expect(app.users.byId(1)!.email).toBe(alice.email);
});

test('another site can neither register somebody nor use a link', async () => {
  for (const path of ['/auth/register', '/auth/confirm-email']) {
    const answer = await app.visitor().post(path, { ...bob, token: 'x' }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(403);
  }
  expect(app.mails).toEqual([]);
});

test('an e-mail that is taken gets the same answer, byte for byte, and its owner gets a mail', async () => {
  const free = await app.visitor().post('/auth/register', bob);
  const taken = await app.visitor().post('/auth/register', { ...alice, password: 'mallorys-choice' });
  expect([taken.status, taken.text]).toEqual([free.status, free.text]);
  expect(app.mails.at(-1)).toMatchObject({ to: alice.email, subject: 'You have an account already' });
  await app.loggedIn(alice);
});

test.each([
  ['a password of seven characters', { ...bob, password: '1234567' }],
  ['a password of more than 72 bytes', { ...bob, password: 'é'.repeat(37) }],
  ['an invalid e-mail', { ...bob, email: 'bob' }],
  ['no password', { email: bob.email }],
  ['an e-mail with a second header in it', { ...bob, email: 'bob@shop.example\r\nBcc: crow@evil.example' }],
  ['an e-mail with a letter that only looks like one of ours', { ...bob, email: 'b\u043eb@shop.example' }],
  ['an e-mail whose lower case is another one', { ...bob, email: '\u212aate@shop.example' }],
  ['an e-mail of 300 letters', { ...bob, email: `${'b'.repeat(290)}@s.example` }],
  ['two e-mails', { ...bob, email: [bob.email, alice.email] }],
  ['an object for an e-mail', { ...bob, email: { toString: 'x' } }],
])('%s is refused with a reason', async (_, body) => {
  const answer = await app.visitor().post('/auth/register', body);
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
  expect([app.users.all().length, app.mails]).toEqual([3, []]);
});
