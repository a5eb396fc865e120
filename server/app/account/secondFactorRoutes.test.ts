import { Secret, TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp, recent, type TestApp, type Visitor } from '../../../testing/testApp.ts';
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

/** What an authenticator app shows, that many codes later. */
const codeFor = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + app.clock.ahead + later * 30_000,
  });
const offer = async (person: Visitor) => (await person.post('/account/second-factor')).json;
const confirm = (person: Visitor, code: string) => person.post('/account/second-factor/confirm', { code });

test('an authenticator app reads the address, and its first code turns the second factor on', async () => {
  const person = await app.loggedIn(alice);
  const { secret, uri } = await offer(person);
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  const scanned = URI.parse(uri) as TOTP;
  expect(scanned).toMatchObject({ issuer: 'Shop', label: alice.email, algorithm: 'SHA1', digits: 6, period: 30 });
  const old = person.sid;

  const first = scanned.generate();
  expect((await confirm(person, first)).json).toEqual({ csrfToken: expect.any(String) });
  expect(person.sid).not.toBe(old);
  expect((await person.get('/me')).status).toBe(200);
  expect(app.users.byId(1)).toMatchObject({ totpSecret: secret, offeredSecret: undefined });
  expect(app.mails).toMatchObject([{ to: alice.email, subject: 'The second factor of your account is on' }]);
  expect(app.audited.at(-1)).toEqual({ name: 'authn_second_factor_change', userId: 1 });

  const phone = app.visitor();
  expect((await phone.post('/auth/login', alice)).json).toMatchObject({ needs: 'code' });
  // The code that turned it on is used.
  expect((await phone.post('/auth/second-factor', { code: first })).status).toBe(401);
  expect((await phone.post('/auth/second-factor', { code: codeFor(secret, 1) })).status).toBe(200);
});

test('a secret counts when a code has confirmed it, and only the newest one', async () => {
  const person = await app.loggedIn(alice);
  expect((await confirm(person, '000000')).status).toBe(400);
  const first = await offer(person);
  const second = await offer(person);
  expect((await app.visitor().post('/auth/login', alice)).json).toHaveProperty('email');
  expect((await confirm(person, codeFor(first.secret))).status).toBe(400);
  expect((await confirm(person, codeFor(second.secret))).status).toBe(200);
  expect((await confirm(person, codeFor(second.secret, 1))).status).toBe(400);
});

test('it ends the sessions that began without it', async () => {
  const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const { secret } = await offer(laptop);
  await confirm(laptop, codeFor(secret));
  expect((await phone.get('/me')).status).toBe(401);
  expect((await laptop.get('/me')).status).toBe(200);
});

test('a login that is being checked while it is turned on starts no session', async () => {
  const laptop = await app.loggedIn(alice);
  const { secret } = await offer(laptop);
  const phone = app.visitor();
  const [, turnedOn] = await Promise.all([phone.post('/auth/login', alice), confirm(laptop, codeFor(secret))]);
  expect(turnedOn.status).toBe(200);
  // Whichever was first: the login has no session left, or it waits for a code.
  expect((await phone.get('/me')).status).toBe(401);
});

test('turning it off ends it, and the other sessions', async () => {
  const person = await app.loggedIn(alice);
  const { secret } = await offer(person);
  await confirm(person, codeFor(secret));
  expect((await person.post('/account/second-factor/remove')).status).toBe(200);
  expect(app.mails.at(-1)!.subject).toBe('The second factor of your account is off');
  expect((await person.get('/me')).status).toBe(200);
  expect((await app.visitor().post('/auth/login', alice)).json).toHaveProperty('email');
});

test.each(['', '/confirm', '/remove'])('POST /account/second-factor%s needs a recent password', async (path) => {
  const person = await app.loggedIn(alice);
  app.clock.ahead = recent;
  const answer = await person.post(`/account/second-factor${path}`, { code: '000000' });
  expect(answer).toMatchObject({ status: 403, json: { error: 'reauth_required' } });
});
