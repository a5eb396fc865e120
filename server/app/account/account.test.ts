import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, mallory, openApp, type TestApp, tokenIn } from '../../../testing/testApp.ts';
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

describe('a new e-mail', () => {
  const move = { email: 'Alice@Elsewhere.Example' };

  test('is the one for the next login when its link is used, and the old address gets a mail', async () => {
    const person = await app.loggedIn(alice);
    expect((await person.post('/account/email', move)).status).toBe(202);
    expect(app.mails).toMatchObject([{ to: move.email.toLowerCase(), subject: 'Confirm your new e-mail' }]);
    await app.loggedIn(alice);
    await app.visitor().post('/auth/confirm-email', { token: tokenIn(app.mails[0]) });
    expect(app.mails[1]).toMatchObject({ to: alice.email, text: expect.stringContaining('alice@elsewhere.example') });
    expect((await app.visitor().post('/auth/login', alice)).status).toBe(401);
    expect(app.audited).toContainEqual({ name: 'user_updated', userId: 1 });
    await app.loggedIn({ ...alice, ...move });
  });

  test.each([mallory.email, 'MALLORY@shop.example', alice.email])(
    'that is taken (%s) gets the same answer, byte for byte, and another mail',
    async (email) => {
      const person = await app.loggedIn(alice);
      const free = await person.post('/account/email', move);
      const taken = await person.post('/account/email', { email });
      expect([taken.status, taken.text]).toEqual([free.status, free.text]);
      expect(app.mails.at(-1)).toMatchObject({ to: email.toLowerCase(), subject: 'You have an account already' });
    },
  );

  test.each(['alice', ['a@b.example'], { $ne: null }, 'a@b.example\r\nBcc: c@d.example'])(
    'cannot be %j',
    async (email) => {
      const person = await app.loggedIn(alice);
      expect((await person.post('/account/email', { email })).status).toBe(400);
      expect(app.mails).toEqual([]);
    },
  );
});

describe('a new password', () => {
  const change = { currentPassword: alice.password, newPassword: 'down-the-rabbit-hole' };

  test('ends every other session, and gives the current one a new id and token', async () => {
    const [laptop, phone] = [await app.loggedIn(alice, 'Laptop'), await app.loggedIn(alice, 'Phone')];
    const thief = app.visitor();
    thief.plant(laptop.cookie);
    const before = { sid: laptop.sid, csrfToken: laptop.csrfToken };

    expect((await laptop.post('/account/password', change)).status).toBe(200);
    expect(await app.sids()).toEqual([laptop.sid]);
    expect(laptop.sid).not.toBe(before.sid);
    expect(laptop.csrfToken).not.toBe(before.csrfToken);
    expect((await laptop.post('/basket', { item: 'hat' })).status).toBe(200);
    for (const ended of [phone, thief]) expect((await ended.get('/me')).status).toBe(401);
    expect((await laptop.get('/sessions')).json.sessions).toHaveLength(1);
    expect(app.mails).toMatchObject([{ to: alice.email, subject: 'Your password was changed' }]);
    expect(app.audited).toContainEqual({ name: 'authn_password_change', userId: 1 });
  });

  test('is the one for the next login', async () => {
    await (await app.loggedIn(alice)).post('/account/password', change);
    expect((await app.visitor().post('/auth/login', alice)).status).toBe(401);
    await app.loggedIn({ ...alice, password: change.newPassword });
  });

  test.each([
    ['without the current one', { ...change, currentPassword: 'guess' }, 403],
    ['too short', { ...change, newPassword: '1234567' }, 400],
    ['too long', { ...change, newPassword: 'x'.repeat(73) }, 400],
  ])('%s is refused, and nothing changes', async (_, body, status) => {
    const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
    expect((await laptop.post('/account/password', body)).status).toBe(status);
    for (const device of [laptop, phone]) expect((await device.get('/me')).status).toBe(200);
    await app.loggedIn(alice);
    expect(app.mails).toEqual([]);
    const wrongPassword = { name: 'authn_login_fail', userId: 1 };
    expect(app.audited.filter(({ name }) => name === 'authn_login_fail')).toEqual(
      status === 403 ? [wrongPassword] : [],
    );
  });
});
