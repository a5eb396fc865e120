import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { admin, alice, closeApps, openApp, type TestApp, tokenIn, type Visitor } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { createPasswords } from '../passwords.ts';

let redis: MockRedis;
let app: TestApp;
let slow: Awaited<ReturnType<typeof openSlowInstance>>;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
  slow = await openSlowInstance(app);
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

/** A second instance of the app, which answers only when it is released: until then a checked password stays in flight. */
async function openSlowInstance({ redis, users }: TestApp) {
  let held: Promise<void> | undefined;
  let release = () => {};
  let reached = () => {};
  const hold = () => {
    held = new Promise((resolve) => {
      release = resolve;
    });
    return new Promise<void>((resolve) => {
      reached = resolve;
    });
  };
  const whenReleased = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    reached();
    await held;
    return result;
  };
  const instance = await openApp(redis, {
    users,
    parts: {
      createPasswords: (cost) => {
        const usual = createPasswords(cost);
        return { ...usual, match: (user, password) => whenReleased(usual.match(user, password)) };
      },
    },
  });
  return {
    ...instance,
    /** Sends a request, lets something happen after its password was checked, and returns its answer. */
    async during(send: () => ReturnType<Visitor['post']>, meanwhile: () => Promise<unknown>) {
      const checked = hold();
      const answer = send();
      await checked;
      await meanwhile();
      held = undefined;
      release();
      return answer;
    },
  };
}

const newPassword = 'down-the-rabbit-hole';

/** Changes Alice's password at the first instance. Returns her new session. */
async function changedByOwner(): Promise<Visitor> {
  const owner = await app.loggedIn(alice);
  const { status } = await owner.post('/account/password', { currentPassword: alice.password, newPassword });
  expect(status).toBe(200);
  return owner;
}

async function changedByMail(): Promise<Visitor> {
  await app.visitor().post('/auth/forgot', { email: alice.email });
  const { status } = await app
    .visitor()
    .post('/auth/reset', { token: tokenIn(app.mails.at(-1)), password: newPassword });
  expect(status).toBe(204);
  return app.loggedIn({ ...alice, password: newPassword });
}

async function disabledAndEnabled(): Promise<undefined> {
  const boss = await app.loggedIn(admin);
  await boss.post('/admin/users/1/disable');
  await boss.post('/admin/users/1/enable');
}

const changes = [
  ['her password by form', changedByOwner],
  ['her password by mail', changedByMail],
  ['her account to disabled and back', disabledAndEnabled],
] as const;

describe.each(changes)('somebody who knows the old password, while another instance changes %s,', (_, change) => {
  test.each<[path: string, body: object]>([
    ['/auth/login', alice],
    ['/auth/confirm', { password: alice.password }],
    ['/account/password', { currentPassword: alice.password, newPassword: 'the-thief-was-here' }],
    ['/sessions/end-others', { password: alice.password }],
  ])('gains nothing by POST %s', async (path, body) => {
    const thief = slow.visitor();
    await thief.post('/auth/login', alice);
    const stolen = slow.visitor();
    stolen.plant(thief.cookie);
    let owner: Visitor | undefined;
    const answer = await slow.during(
      () => thief.post(path, body),
      async () => {
        owner = await change();
      },
    );
    expect(answer.status).toBe(401);
    for (const visitor of [thief, stolen]) expect((await visitor.get('/me')).status).toBe(401);
    expect((await app.visitor().post('/auth/login', { ...alice, password: 'the-thief-was-here' })).status).toBe(401);
    // The owner's new session goes on, and is the only one.
    if (owner) {
      expect((await owner.get('/me')).status).toBe(200);
      expect((await owner.get('/sessions')).json.sessions).toHaveLength(1);
      expect(await app.sids()).toEqual([owner.sid]);
    }
  });
});

test('a login in flight while its user becomes an admin is a login of a customer', async () => {
  const thief = slow.visitor();
  await slow.during(
    () => thief.post('/auth/login', alice),
    async () => app.users.update(1, { role: 'admin' }),
  );
  expect((await thief.get('/me')).status).toBe(200);
  expect((await thief.get('/admin/users')).status).toBe(403);
});

test('of two changes of a password at the same moment, one wins', async () => {
  const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const passwords = ['the-first-new-one', 'the-second-new-one'];
  const answers = await Promise.all(
    [laptop, phone].map((device, index) =>
      device.post('/account/password', { currentPassword: alice.password, newPassword: passwords[index] }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const winner = answers.findIndex(({ status }) => status === 200);
  expect((await [laptop, phone][winner]!.get('/me')).status).toBe(200);
  expect((await [laptop, phone][1 - winner]!.get('/me')).status).toBe(401);
  await app.loggedIn({ ...alice, password: passwords[winner]! });
});

test('a new password ends old sessions even when Redis fails before their records are deleted', async () => {
  const [thief, owner] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const { zrange } = app.redis;
  app.redis.zrange = () => Promise.reject(new Error('Connection is closed.'));
  await owner.post('/account/password', { currentPassword: alice.password, newPassword });
  app.redis.zrange = zrange;
  expect(await app.record(thief.sid)).not.toBeNull();
  expect((await thief.get('/me')).status).toBe(401);
  expect(await app.record(thief.sid)).toBeNull();
});
