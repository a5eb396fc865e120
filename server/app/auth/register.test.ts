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

test('registering adds a customer who can log in, and only a mail says so', async () => {
  const answer = await app.visitor().post('/auth/register', bob);
  expect(answer.status).toBe(202);
  expect(answer).toSetNoCookie();
  expect(app.mails).toMatchObject([{ to: bob.email, subject: 'Welcome' }]);
  await app.loggedIn(bob);
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
])('%s is refused with a reason', async (_, body) => {
  const answer = await app.visitor().post('/auth/register', body);
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: expect.stringMatching(/\w/) });
  expect([app.users.all().length, app.mails]).toEqual([3, []]);
});
