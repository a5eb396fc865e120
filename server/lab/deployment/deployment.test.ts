import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Cast } from '../../../scenarios/engine/cast.ts';
import type { Scenario, Setup } from '../../../scenarios/engine/scenario.ts';
import type { SiteHandler } from '../../../scenarios/engine/sites.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { credentials, endSandboxes, lessonOf, openSandbox } from '../../../testing/lesson.ts';
import { createRedisSwitch, type RedisSwitch } from '../../redis/switch.ts';

let redis: RedisSwitch;
beforeAll(() => {
  redis = createRedisSwitch({ localPort: 1 });
});
afterAll(() => redis.close());
afterEach(endSandboxes);

type Act = (cast: Cast<'alice' | 'mallory', 'idle' | 'pause'>) => unknown;

/** Play one act against the app as it is set up; what it expects and does not find is thrown. */
async function play(act: Act, around: { setup?: Setup; sites?: Record<string, SiteHandler> } = {}) {
  const scenario = { ...lessonOf(act), ...around } as Scenario;
  const sandbox = await openSandbox(redis, { scenario });
  const [result] = await sandbox.playTo(1);
  if (result?.error) throw result.error;
  return sandbox.trace.events;
}

const ofType = <Type extends TraceEvent['type']>(events: TraceEvent[], type: Type) =>
  events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);

test('two instances answer in turn and know the same sessions', async () => {
  const events = await play(
    async ({ alice }) => {
      await alice.post('/auth/login', credentials);
      for (let count = 0; count < 3; count++) expect((await alice.get('/me')).status).toBe(200);
    },
    { setup: { instances: 2 } },
  );
  expect(ofType(events, 'response').map(({ by }) => by)).toEqual(['app', 'app 2', 'app', 'app 2']);
});

test('a restart leaves the sessions in Redis as they were, and is told', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    await world.restart();
    expect((await alice.get('/me')).status).toBe(200);
  });
  expect(ofType(events, 'restart')).toMatchObject([{ change: '' }]);
});

test.each<[secrets: ('old' | 'new' | 'random')[], status: number]>([
  [['old'], 200],
  [['new', 'old'], 200],
  [['new'], 401],
  [['random'], 401],
])('with the secrets %j after a restart, a cookie signed before it gets %i', async (secrets, status) => {
  await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    await world.restart({ secrets });
    expect((await alice.get('/me')).status).toBe(status);
  });
});

test('whoever knows the secret can sign any id; it opens a session only where there is one', async () => {
  await play(async ({ alice, mallory, world }) => {
    await alice.post('/auth/login', credentials);
    const sid = (await world.keys('sess:'))[0]!.name.slice('sess:'.length);
    const asCookie = (value: string) => ({ cookie: `__Host-sid=${value}` });
    expect((await mallory.get('/me', asCookie(world.sign(sid, 'old')))).status).toBe(200);
    expect((await mallory.get('/me', asCookie(world.sign(sid, 'new')))).status).toBe(401);
    expect((await mallory.get('/me', asCookie(world.sign('made-up', 'old')))).status).toBe(401);
  });
});

test('another app at an origin of its own has a secret of its own, unless it shares the shop’s', async () => {
  const apps = { 'http://localhost:3001': {}, 'http://localhost:3002': { sharesSecret: true } };
  const events = await play(
    async ({ alice }) => {
      await alice.post('/auth/login', credentials);
      const { value } = alice.cookie()!;
      const cookie = `__Host-sid=${value}`;
      const statusAt = async (origin: string) => (await alice.on(origin).get('/me', { cookie })).status;
      expect(await statusAt('http://localhost:3001')).toBe(401);
      expect(await statusAt('http://localhost:3002')).toBe(200);
    },
    { setup: { apps } },
  );
  expect(ofType(events, 'response').map(({ by }) => by)).toEqual(['app', 'localhost:3001', 'localhost:3002']);
});

test('another site answers under its own origin, and one that nobody has set up is a mistake in the scenario', async () => {
  const evil: SiteHandler = ({ path }) => ({ status: 418, body: `you asked for ${path}` });
  await play(
    async ({ alice }) => {
      const answer = await alice.visit('https://evil.example/tea?now');
      expect(answer).toMatchObject({ status: 418, text: 'you asked for /tea?now', by: 'https://evil.example' });
      await expect(alice.visit('https://nowhere.example/')).rejects.toThrow(
        'There is no host "nowhere.example" in this scenario; it has shop.example, evil.example.',
      );
    },
    { sites: { 'https://evil.example': evil } },
  );
});

test.each<[string, SiteHandler, message: string]>([
  ['that throws', () => JSON.parse('{'), 'its handler failed: Expected property name'],
  ['whose status is none', () => ({ status: 99_999 }), 'its handler failed: Invalid status code: 99999'],
])('another site %s fails the request with the reason', async (_, handler, message) => {
  await play(({ alice }) => expect(alice.visit('https://evil.example/')).rejects.toThrow(message), {
    sites: { 'https://evil.example': handler },
  });
});

test('whoever is not in the cast is said to be missing', async () => {
  await expect(play((cast) => (cast as unknown as Cast<'bob', never>).bob.get('/'))).rejects.toThrow(
    'There is no "bob" in the cast of this scenario; there are alice, mallory, world.',
  );
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('time does not pass by %d ms', async (ms) => {
  await expect(play(({ world }) => world.letPass(ms))).rejects.toThrow(
    `Time passes by a number of milliseconds from 0 on, not by ${ms}.`,
  );
});

test('the world tells of mails, audit events and the access log, in their order', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', { ...credentials, password: 'wrong' });
    await alice.post('/auth/login', credentials);
    await alice.post('/auth/forgot', { email: credentials.email });
    expect(world.audit().slice(0, 2)).toEqual(['authn_login_fail', 'session_created']);
    expect(world.mail(credentials.email)).toMatchObject([{ subject: 'Reset your password' }]);
    expect(world.mail('mallory@shop.example')).toEqual([]);
    expect(world.accessLog().map((line) => line.split('"')[1])).toEqual([
      'POST /auth/login HTTP/1.1',
      'POST /auth/login HTTP/1.1',
      'POST /auth/forgot HTTP/1.1',
    ]);
  });
  expect(ofType(events, 'mail')).toMatchObject([{ request: 3, to: credentials.email }]);
  expect(ofType(events, 'audit')[0]).toMatchObject({ request: 1, name: 'authn_login_fail', userId: null });
});

test('payments wait while they are held, and go through when they are released', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.holdPayments();
    let answered = false;
    const order = alice.post('/orders').then((response) => {
      answered = true;
      return response;
    });
    await world.paymentsWaiting();
    expect(answered).toBe(false);
    world.releasePayments();
    expect((await order).status).toBe(201);
    expect((await alice.post('/orders')).status).toBe(201);
  });
  expect(ofType(events, 'fault').map(({ what }) => what)).toEqual([
    'The payment provider takes its time',
    'The payment provider answers',
  ]);
});

test('payments that are still held when the sandbox ends do not keep it', async () => {
  const scenario = lessonOf(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.holdPayments();
    void alice.post('/orders').catch(() => {});
    await world.paymentsWaiting();
  });
  const sandbox = await openSandbox(redis, { scenario });
  await sandbox.playTo(1);
  await sandbox.end('over');
  expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'ended', why: 'over' });
});

test('while Redis is broken the app answers 503, and the session is there when it is mended', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.breakRedis();
    expect((await alice.get('/me')).status).toBe(503);
    world.mendRedis();
    expect((await alice.get('/me')).status).toBe(200);
  });
  expect(ofType(events, 'fault').map(({ what }) => what)).toEqual([
    'Every command fails: the app cannot reach Redis',
    'The app reaches Redis again',
  ]);
  // The command that never got there is told of as well, with the request that wanted it.
  expect(ofType(events, 'command').filter(({ error }) => error !== null)).toMatchObject([{ name: 'get', request: 2 }]);
});

test('a slow command makes its request slow', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.slowRedis(200, 'get');
    expect((await alice.get('/me')).ms).toBeGreaterThanOrEqual(195);
    world.slowRedis(0);
  });
  expect(ofType(events, 'fault').map(({ what }) => what)).toEqual([
    'GET takes 200 ms longer to reach Redis',
    'Redis is as fast as before',
  ]);
});
