import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import {
  absolute,
  admin,
  alice,
  closeApps,
  createTestEvents,
  mallory,
  openApp,
  type TestApp,
  tokenIn,
  type Visitor,
} from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { heartbeatMs, mostStreams } from './events.ts';

let redis: MockRedis;
let app: TestApp;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await closeApps();
  await redis.close();
});

/** Opens a stream, and reads it until it ends: `text` is what has come so far. */
async function streamOf({ cookie }: Pick<Visitor, 'cookie'>, at = app) {
  const address = at.origin.replace('https:', 'http:');
  const response = await fetch(`${address}/account/events`, { headers: cookie ? { Cookie: cookie } : {} });
  const stream = { response, text: '', ended: false };
  const decoder = new TextDecoder();
  const read = async () => {
    for await (const chunk of response.body!) stream.text += decoder.decode(chunk, { stream: true });
  };
  void read()
    .catch(() => {})
    .finally(() => {
      stream.ended = true;
    });
  return stream;
}

const order = async (person: Visitor) => {
  await person.post('/basket', { item: 'hat' });
  expect((await person.post('/orders')).status).toBe(201);
};
const hearsAnOrder = (stream: { text: string }) =>
  eventually(() => expect(stream.text).toMatch(/event: order_placed\ndata: \{"id":"[\w-]+","things":\["hat"\]\}\n\n$/));
const hasEnded = (stream: { ended: boolean }) => eventually(() => expect(stream.ended).toBe(true));

describe('a stream', () => {
  test('brings what happens to its user, on every device, and nothing of others', async () => {
    const [laptop, phone] = [await app.loggedIn(alice), await app.loggedIn(alice)];
    const stranger = await app.loggedIn(mallory);
    const streams = [await streamOf(laptop), await streamOf(phone)];
    const other = await streamOf(stranger);
    await order(laptop);
    for (const stream of streams) await hearsAnOrder(stream);
    await order(stranger);
    await hearsAnOrder(other);
    expect(streams.map(({ text }) => text.match(/event:/g)?.length)).toEqual([1, 1]);
    expect(other.text.match(/event:/g)).toHaveLength(1);
  });

  test('tells of a new e-mail', async () => {
    const person = await app.loggedIn(alice);
    const phone = await streamOf(await app.loggedIn(alice));
    await person.post('/account/email', { email: 'alice@new.example' });
    await person.post('/auth/confirm-email', { token: tokenIn(app.mails[0]!) });
    await eventually(() => expect(phone.text).toContain('event: email_changed\ndata: {"email":"alice@new.example"}'));
  });

  test('may be kept by no cache, and by no proxy until it is full', async () => {
    const { response } = await streamOf(await app.loggedIn(alice));
    const headers = ['content-type', 'cache-control', 'x-accel-buffering'].map((name) => response.headers.get(name));
    expect(headers).toEqual(['text/event-stream; charset=utf-8', 'no-store', 'no']);
  });

  test('neither renews the session nor sets a cookie, when it opens and when it ends', async () => {
    const person = await app.loggedIn(alice);
    await app.redis.pexpire(`sess:${person.sid}`, 5000);
    const streams = [];
    for (let count = 0; count <= mostStreams; count++) streams.push(await streamOf(person));
    await hasEnded(streams[0]!);
    expect(streams[0]!.response.headers.getSetCookie()).toEqual([]);
    expect(await app.redis.pttl(`sess:${person.sid}`)).toBeLessThanOrEqual(5000);
  });

  test('whose client does not read is closed, and does not fill the memory', async () => {
    const events = createTestEvents();
    const busy = await openApp(app.redis, { events, users: app.users });
    const { cookie } = await busy.loggedIn(alice);
    const address = `${busy.origin.replace('https:', 'http:')}/account/events`;
    const asked = get(address, { headers: { Cookie: cookie! } });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let received = 0;
    response.on('error', () => {});
    response.on('data', ({ length }: Buffer) => {
      received += length;
    });
    response.pause();
    const megabyte = { userId: 1, name: 'order_placed', data: { things: ['x'.repeat(1_000_000)] } } as const;
    for (let count = 0; count < 20; count++) await events.publish(megabyte);
    response.resume();
    await eventually(() => expect(response.closed).toBe(true));
    expect(received).toBeLessThan(15_000_000);
  });

  test('ends when its session has too many, and the others go on', async () => {
    const person = await app.loggedIn(alice);
    const streams = [];
    for (let count = 0; count <= mostStreams; count++) streams.push(await streamOf(person));
    const other = await streamOf(await app.loggedIn(alice));
    await hasEnded(streams[0]!);
    await order(person);
    for (const stream of [...streams.slice(1), other]) await hearsAnOrder(stream);
    expect(streams[0]!.text).not.toContain('event:');
  });
});

describe('nobody opens a stream', () => {
  test.each([
    ['without a cookie', async () => ({ cookie: undefined })],
    ['with a forged cookie', async (person: Visitor) => ({ cookie: `${person.cookie}x` })],
    [
      'of a visitor',
      async () => {
        const visitor = app.visitor();
        await visitor.post('/basket', { item: 'hat' });
        return visitor;
      },
    ],
    [
      'after the logout',
      async (person: Visitor) => {
        const { cookie } = person;
        await person.post('/auth/logout');
        return { cookie };
      },
    ],
    [
      'past the absolute limit',
      async (person: Visitor) => {
        app.clock.ahead = absolute;
        return person;
      },
    ],
    [
      'of a disabled account',
      async (person: Visitor) => {
        app.users.update(1, { disabled: true });
        return person;
      },
    ],
    [
      'of a session from before the password changed',
      async (person: Visitor) => {
        app.users.update(1, { credentialVersion: 2 });
        return person;
      },
    ],
  ] as const)('%s', async (_, prepare) => {
    const { response, text } = await streamOf(await prepare(await app.loggedIn(alice)));
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(text).not.toContain('event:');
  });
});

describe('a stream ends at once when this instance ends its session', () => {
  test.each([
    ['by a logout', (person: Visitor) => person.post('/auth/logout')],
    [
      'by a logout elsewhere',
      async () => {
        const other = await app.loggedIn(alice);
        await other.post('/sessions/end-others', { password: alice.password });
      },
    ],
    [
      'by an admin',
      async () => {
        await (await app.loggedIn(admin)).post('/admin/users/1/disable');
      },
    ],
    ['by a new session ID', (person: Visitor) => person.post('/auth/confirm', { password: alice.password })],
  ] as const)('%s', async (_, end) => {
    const person = await app.loggedIn(alice);
    const stream = await streamOf(person);
    await end(person);
    await hasEnded(stream);
    expect(stream.text).not.toContain('event:');
  });

  test('and goes on when the record could not be deleted', async () => {
    const person = await app.loggedIn(alice);
    const stream = await streamOf(person);
    vi.spyOn(app.redis, 'del').mockRejectedValueOnce(new Error('Redis is away'));
    expect((await person.post('/auth/logout')).status).not.toBe(204);
    await order(person);
    await hearsAnOrder(stream);
  });
});

describe('a session that ends elsewhere', () => {
  /** Two instances with the same Redis, users and events. */
  async function twoInstances() {
    const events = createTestEvents();
    const one = await openApp(app.redis, { events, users: app.users });
    const two = await openApp(app.redis, { events, users: app.users });
    const [person, other] = [await one.loggedIn(alice), await two.loggedIn(alice)];
    const stream = await streamOf(person, one);
    await eventually(() => expect(stream.text).toContain('welcome'));
    return { one, two, person, other, stream };
  }

  test('is found before the next event, which does not go out', async () => {
    const { two, other, stream } = await twoInstances();
    await other.post('/sessions/end-others', { password: alice.password });
    const own = await streamOf(other, two);
    await order(other);
    await hasEnded(stream);
    await hearsAnOrder(own);
    expect(stream.text).not.toContain('event:');
  });

  test('is found by the next heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { other, stream } = await twoInstances();
    await vi.advanceTimersByTimeAsync(heartbeatMs);
    await eventually(() => expect(stream.text).toContain('still here'));
    await other.post('/sessions/end-others', { password: alice.password });
    expect(stream.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(heartbeatMs);
    await hasEnded(stream);
  });

  test('of an event that happens at another instance, a stream hears too', async () => {
    const { other, stream } = await twoInstances();
    await order(other);
    await hearsAnOrder(stream);
  });
});

test.each([
  [
    'past the absolute limit',
    () => {
      app.clock.ahead = absolute;
    },
  ],
  ['when the record has expired', () => app.redis.flushall()],
  [
    'while Redis cannot be asked',
    () => {
      vi.spyOn(app.redis, 'get').mockRejectedValue(new Error('Redis is away'));
    },
  ],
])('a stream ends with the next heartbeat %s', async (_, happen) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stream = await streamOf(await app.loggedIn(alice));
  await eventually(() => expect(stream.text).toContain('welcome'));
  await happen();
  await vi.advanceTimersByTimeAsync(heartbeatMs);
  await hasEnded(stream);
});

test('a session that means another user meanwhile brings nothing of the first one', async () => {
  const [person, other] = [await app.loggedIn(alice), await app.loggedIn(alice)];
  const stream = await streamOf(person);
  await eventually(() => expect(stream.text).toContain('welcome'));
  const record = await app.record(person.sid);
  await app.redis.set(`sess:${person.sid}`, JSON.stringify({ ...record, userId: 2 }), 'KEEPTTL');
  await order(other);
  await hasEnded(stream);
  expect(stream.text).not.toContain('event:');
});

test('a session that ends while its stream is being opened is noticed', async () => {
  const person = await app.loggedIn(alice);
  const get = app.redis.get.bind(app.redis);
  // The first check reads the record, and somebody deletes it before the stream is in the list.
  vi.spyOn(app.redis, 'get').mockImplementationOnce(async (key) => {
    const record = await get(key);
    await app.redis.del(key);
    return record;
  });
  const stream = await streamOf(person);
  expect(stream.response.status).toBe(200);
  await hasEnded(stream);
  expect(stream.text).toBe('');
});
