import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Cast } from '../../../scenarios/engine/cast.ts';
import { faultText } from '../../../scenarios/engine/faultText.ts';
import type { Scenario, Setup } from '../../../scenarios/engine/scenario.ts';
import type { SiteHandler } from '../../../scenarios/engine/sites.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { scenarios } from '../../../scenarios/index.ts';
import { credentials, endSandboxes, lessonOf, openSandbox } from '../../../testing/lesson.ts';
import { createRedisSwitch, type RedisSwitch } from '../../redis/switch.ts';

let redis: RedisSwitch;
beforeAll(() => {
  redis = createRedisSwitch({ localPort: 1 });
});
afterAll(() => redis.close());
afterEach(endSandboxes);

type Act = (cast: Cast<'alice' | 'mallory', 'idle' | 'pause'>) => unknown;

/** Plays one act against the protected app and returns the trace's events. Throws what the act throws. */
async function play(act: Act, changes: { setup?: Setup; sites?: Record<string, SiteHandler> } = {}) {
  const scenario = { ...lessonOf(act), ...changes } as Scenario;
  const sandbox = await openSandbox(redis, { scenario });
  const [result] = await sandbox.playTo(1);
  if (result?.error) throw result.error;
  return sandbox.trace.events;
}

const ofType = <Type extends TraceEvent['type']>(events: TraceEvent[], type: Type) =>
  events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);

test('two instances answer in turn and share the sessions', async () => {
  const events = await play(
    async ({ alice }) => {
      await alice.post('/auth/login', credentials);
      for (let count = 0; count < 3; count++) expect((await alice.get('/me')).status).toBe(200);
    },
    { setup: { instances: 2 } },
  );
  expect(ofType(events, 'response').map(({ by }) => by)).toEqual(['app', 'app 2', 'app', 'app 2']);
});

test('a restart keeps the sessions in Redis, and is recorded', async () => {
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

test('with the secret anybody can sign any id, but only the id of an existing session opens one', async () => {
  await play(async ({ alice, mallory, world }) => {
    await alice.post('/auth/login', credentials);
    const sid = (await world.keys('sess:'))[0]!.name.slice('sess:'.length);
    const asCookie = (value: string) => ({ cookie: `__Host-sid=${value}` });
    expect((await mallory.get('/me', asCookie(world.sign(sid, 'old')))).status).toBe(200);
    expect((await mallory.get('/me', asCookie(world.sign(sid, 'new')))).status).toBe(401);
    expect((await mallory.get('/me', asCookie(world.sign('made-up', 'old')))).status).toBe(401);
  });
});

test('a further app has its own origin and its own secret, unless it shares the shop’s', async () => {
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

test('another site answers under its own origin, and a site that the scenario does not have is an error', async () => {
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

test('a restart says with which environment, and that one which the app refuses is no restart', async () => {
  const events = await play(async ({ world }) => {
    await world.restart({ environment: { SESSION_IDLE_MS: '60000', NODE_ENV: '' } });
    await world.restart({ environment: { SESSION_IDLE_MS: '30m' } });
  });
  expect(ofType(events, 'restart').map(({ change }) => change)).toEqual(['SESSION_IDLE_MS=60000; without NODE_ENV']);
  expect(ofType(events, 'fault')).toMatchObject([{ fault: { is: 'start-failed' } }]);
});

test('over http somebody else may answer for a host than over https', async () => {
  const named =
    (body: string): SiteHandler =>
    () => ({ body });
  await play(
    async ({ alice }) => {
      const texts = [];
      for (const origin of ['http://www.shop.example', 'https://www.shop.example', 'http://shop.example']) {
        texts.push((await alice.visit(origin)).text);
      }
      expect(texts).toEqual(['the café', 'the shop', 'the café']);
      expect((await alice.visit('https://shop.example')).by).toBe('app');
    },
    {
      sites: {
        'http://shop.example': named('the café'),
        'http://www.shop.example': named('the café'),
        'https://www.shop.example': named('the shop'),
      },
    },
  );
});

test('over http somebody else may answer for a further app, too', async () => {
  await play(
    async ({ alice }) => {
      expect((await alice.visit('http://hats.example/')).by).toBe('http://hats.example');
      expect((await alice.visit('https://hats.example/')).by).toBe('hats.example');
    },
    { sites: { 'http://hats.example': () => ({ body: 'the café' }) }, setup: { apps: { 'https://hats.example': {} } } },
  );
});

// A scenario file may be JavaScript, which nobody checks the types of.
const nothing = undefined as never;

test('the handler of a site may return a promise', async () => {
  await play(async ({ alice }) => expect((await alice.visit('https://evil.example/')).status).toBe(202), {
    sites: { 'https://evil.example': async () => ({ status: 202 }) },
  });
});

test.each([
  ['throws', () => JSON.parse('{'), 'its handler failed: Expected property name'],
  ['rejects', async () => JSON.parse('{'), 'its handler failed: Expected property name'],
  ['returns nothing', () => nothing, 'it returned no response: it is an object such as { body: "Hello" }.'],
  ['returns an invalid status', () => ({ status: 99_999 }), 'its status is a whole number from 200 to 599.'],
  ['returns an informational status', () => ({ status: 101 }), 'its status is a whole number from 200 to 599.'],
  ['returns a status that is a text', () => ({ status: '200' }), 'its status is a whole number from 200 to 599.'],
  ['returns a body that is no text', () => ({ body: 5 }), 'its body is a text.'],
  ['returns a header that is no text', () => ({ headers: { a: 5 } }), 'or of lists of texts.'],
  ['returns headers under another name', () => ({ header: {} }), 'it has a status, headers and a body, and no header.'],
] as [string, SiteHandler, string][])(
  'a site whose handler %s fails the request with the reason',
  async (_, handler, message) => {
    await play(({ alice }) => expect(alice.visit('https://evil.example/')).rejects.toThrow(message), {
      sites: { 'https://evil.example': handler },
    });
  },
);

test('reading an actor that is not in the cast is an error', async () => {
  await expect(play((cast) => (cast as unknown as Cast<'bob', never>).bob.get('/'))).rejects.toThrow(
    'There is no "bob" in the cast of this scenario; there are alice, mallory, world.',
  );
});

test.each<[what: string, act: (cast: Cast<'alice', never>) => unknown, sentence: string]>([
  ['no path', ({ alice }) => alice.get(nothing), 'alice.get(): "path" is a text such as "/me", not undefined.'],
  ['no address', ({ alice }) => alice.visit(nothing), 'alice.visit(): "url" is a text such as "/me", not undefined.'],
  [
    'a path on no page',
    ({ alice }) => alice.on('https://evil.example').link(5 as never),
    'alice.on("https://evil.example").link(): "url" is a text such as "/me", not 5.',
  ],
  [
    'an address of no server',
    ({ alice }) => alice.visit('javascript:alert(1)'),
    'There is no address "javascript:alert(1)"',
  ],
  [
    'an address that is none',
    ({ alice }) => alice.get('http://'),
    'There is no address "http://": it begins with http://',
  ],
  ['a page without an origin', ({ alice }) => alice.on('/me').get('/'), 'There is no address "/" at "/me"'],
  ['no patience', ({ alice }) => alice.get('/', { patience: -1 }), 'above 0, not -1.'],
  ['patience that is a text', ({ alice }) => alice.get('/', { patience: '5' as never }), 'above 0, not 5.'],
  [
    'a header that is a number',
    ({ alice }) => alice.get('/', { headers: { a: 1 as never } }),
    '"options.headers.a" is a text, not 1.',
  ],
  [
    'headers of a class',
    ({ alice }) => alice.get('/', { headers: new Headers() as never }),
    'is an object of texts, not an object (Headers).',
  ],
  [
    'options that are none',
    ({ alice }) => alice.get('/', null as never),
    '"options" is an object such as { headers: {} }, not null.',
  ],
  [
    'a Cookie of two lines',
    ({ alice }) => alice.get('/', { cookie: 'a=b\r\nX: y' }),
    'is a text that a header can carry, not "a=b\\r\\nX: y".',
  ],
  [
    'no method',
    ({ alice }) => alice.send(nothing, '/'),
    'alice.send(): "method" is a method such as "POST", not undefined.',
  ],
  [
    'a method of two words',
    ({ alice }) => alice.send('GE T', '/'),
    'alice.send(): "method" is a method such as "POST", not "GE T".',
  ],
  [
    'a body that is no text',
    ({ alice }) => alice.send('POST', '/', {} as never),
    '"body" is a text, not an object (Object).',
  ],
  [
    'a body that JSON cannot hold',
    ({ alice }) => alice.post('/basket', { a: 1n }),
    '"body" is something that JSON can hold',
  ],
  ['a form without fields', ({ alice }) => alice.form('/', nothing), '"fields" is an object of texts, not undefined.'],
  [
    'a cookie that is no text',
    async ({ alice }) => alice.writeCookie(nothing),
    'alice.writeCookie(): "text" is a text',
  ],
  [
    'a victim who is nobody',
    ({ alice }) => alice.copyCookie('bob' as never),
    '"victim" is an actor of the scenario, not "bob".',
  ],
  [
    'the code of nobody',
    async ({ world }) => world.authenticatorCode(nothing),
    'world.authenticatorCode(): "email" is a text',
  ],
  [
    'a delay that is a text',
    async ({ world }) => world.slowRedis('5' as never),
    '"ms" is a number of milliseconds, not "5".',
  ],
  ['a time that is a text', ({ world }) => world.letPass('5' as never), 'to a hundred years, not by 5.'],
  ['a name that is none', ({ world }) => world.setKey(nothing, 'a'), 'A key has a name and a value, which are texts.'],
  ['a time to live of 0', ({ world }) => world.setKey('a', 'a', 0), 'from 1 on, or null for none, not 0.'],
  ['a negative one', ({ world }) => world.setKey('a', 'a', -5), 'from 1 on, or null for none, not -5.'],
  ['one that is no number', ({ world }) => world.setKey('a', 'a', Number.NaN), 'or null for none, not NaN.'],
  [
    'a cookie without a value',
    async ({ alice }) => {
      await alice.post('/basket', { item: 'hat' });
      alice.editCookie(() => nothing);
    },
    'editCookie needs a function that returns the new value, a text, not undefined.',
  ],
])('%s is refused in a sentence', async (_, act, sentence) => {
  await expect(play(act)).rejects.toThrow(sentence);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e18])('time does not pass by %d ms', async (ms) => {
  await expect(play(({ world }) => world.letPass(ms))).rejects.toThrow(
    `Time passes by a number of milliseconds from 0 to a hundred years, not by ${ms}.`,
  );
});

test('the world has mails, audit events and the access log in order', async () => {
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

test('payments wait while they are held, and complete when they are released', async () => {
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
  expect(ofType(events, 'fault').map(({ fault }) => faultText(fault))).toEqual([
    'The payment provider does not answer for now',
    'The payment provider answers again',
  ]);
});

test('payments that are still held do not keep a sandbox from ending', async () => {
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

test('while Redis is broken the app answers 503, and afterwards the session is still there', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.breakRedis();
    expect((await alice.get('/me')).status).toBe(503);
    world.mendRedis();
    expect((await alice.get('/me')).status).toBe(200);
  });
  expect(ofType(events, 'fault').map(({ fault }) => faultText(fault))).toEqual([
    'Every command fails: the app cannot reach Redis',
    'The app reaches Redis again',
  ]);
  // The command that did not reach Redis is recorded too, with its request.
  expect(ofType(events, 'command').filter(({ error }) => error !== null)).toMatchObject([{ name: 'get', request: 2 }]);
});

test('a slow command slows its request down', async () => {
  const events = await play(async ({ alice, world }) => {
    await alice.post('/auth/login', credentials);
    world.slowRedis(200, 'get');
    expect((await alice.get('/me')).ms).toBeGreaterThanOrEqual(195);
    world.slowRedis(0);
  });
  expect(ofType(events, 'fault').map(({ fault }) => faultText(fault))).toEqual([
    'GET takes 200 ms longer to reach Redis',
    'Redis is as fast as before',
  ]);
});

const statusAt = (port: number, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/', headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['memory-store-two-instances', ['app', 'app 2']],
  ['host-prefix', ['app', 'hats.example', 'https://blog.shop.example', 'http://shop.example']],
])('in %s, everybody who answers in the trace has a port by that name, and answers there', async (slug, names) => {
  const scenario = scenarios.find((one) => one.slug === slug)!;
  const sandbox = await openSandbox(redis, { scenario, variant: 'vulnerable' });
  expect(Object.keys(sandbox.ports).sort()).toEqual([...names].sort());
  await sandbox.playTo(scenario.steps.length);
  for (const by of new Set(ofType(sandbox.trace.events, 'response').map((response) => response.by))) {
    expect(await statusAt(sandbox.ports[by]!, 'shop.example'), by).toBeLessThan(500);
  }
});
