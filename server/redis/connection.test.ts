import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasSignals, startTestServer, type TestServer, type TestServerOptions } from '../../testing/redisServer.ts';
import { connectTo, whyUnusable } from './connection.ts';
import { freePort } from './guard.ts';
import { targetFromUrl, targetOnLoopback } from './target.ts';
import { TimedOut, within } from './within.ts';

/** For what neither loses a server nor needs a setting of its own. */
let usual: TestServer;
const servers: TestServer[] = [];
const clients: Redis[] = [];

beforeAll(async () => {
  usual = await startTestServer();
});
afterAll(() => usual.stop());

async function start(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

async function connect(url: string, keyPrefix = ''): Promise<Redis> {
  const client = await connectTo(targetFromUrl(url), keyPrefix, 1500);
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await (await connect(usual.url)).flushall();
  clients.pop()!.disconnect();
});

/** Lets the usual server have a user `learner` with these rules. Returns the URL for that user. */
async function allow(...rules: string[]): Promise<string> {
  await (await connect(usual.url)).call('ACL', 'SETUSER', 'learner', 'reset', 'on', '>hunter2', ...rules);
  return `redis://learner:hunter2@127.0.0.1:${usual.port}`;
}

describe('a connection', () => {
  test('is ready, and every key gets the prefix', async () => {
    const [redis, all] = [await connect(usual.url, 'a:'), await connect(usual.url)];
    await redis.set('sess:1', 'x');
    expect(await all.get('a:sess:1')).toBe('x');
  });

  test.each([
    ['a user who may not send INFO', '~* &* +@all -info'],
    ['a user who may use the keys of sandboxes only', '~sandbox:* &* +@all -@dangerous -@admin'],
  ])('works for %s', async (_, rules) => {
    const url = await allow(...rules.split(' '));
    expect(await whyUnusable(targetFromUrl(url), 1500)).toBeNull();
    expect(await (await connect(url, 'sandbox:a:')).set('key', 'x')).toBe('OK');
  });

  test('works where INFO has another name', async () => {
    const { url } = await start({ settings: ['rename-command INFO ""'] });
    expect(await whyUnusable(targetFromUrl(url), 1500)).toBeNull();
  });

  test('uses the password and the database of the URL, and logging it does not show the password', async () => {
    const { url } = await start({ password: 'hunter2#/?' });
    const redis = await connect(`${url}/3`);
    await redis.set('key', 'in 3');
    expect(await redis.client('INFO')).toContain(' db=3 ');
    expect(await (await connect(url)).get('key')).toBeNull();
    expect(inspect({ redis }, { depth: null, showHidden: true })).not.toContain('hunter2');
  });
});

describe('a sentence says why a server is unusable:', () => {
  const secret = 'hunter2';
  const why = (url: string, ms = 1500) => whyUnusable(targetFromUrl(url), ms);

  test.each([
    ['DEL', '~* &* +@all -del'],
    ['PTTL', '~* &* +@all -pttl'],
    ['TYPE', '~* &* +@all -type'],
    ['PEXPIRE', '~* &* +@all -pexpire'],
    ['EVAL', '~* &* +@all -eval'],
    ['MULTI', '~* &* +@all -@transaction'],
    ['ZADD', '~* &* +@all -@sortedset'],
  ])('a user may not use %s', async (command, rules) => {
    const url = await allow(...rules.split(' '));
    expect(await why(url)).toMatch(new RegExp(`does not allow its user ${command} on the keys sandbox`));
    const left = await Promise.all(
      await connect(usual.url).then(async (redis) => (await redis.keys('*')).map((key) => redis.pttl(key))),
    );
    expect(left.every((ttl) => ttl > 0 && ttl <= 10_000)).toBe(true);
  });

  test.each([
    ['full', ['maxmemory 100kb', 'maxmemory-policy noeviction'], /is full and evicts nothing/],
    [
      'meant for other keys',
      ['user default on nopass ~theirs:* &* +@all'],
      /does not allow its user the keys sandbox:\*/,
    ],
    ['for reading only', ['user default on nopass %R~* &* +@all'], /does not allow its user the keys sandbox:\*/],
    ['without a replica that it wants', ['min-replicas-to-write 1'], /too few replicas/],
  ])('it is %s', async (_, settings, words) => {
    const { url } = await start({ settings });
    expect(await why(url)).toMatch(words);
  });

  test('nothing is left of what was tried', async () => {
    expect(await why(usual.url)).toBeNull();
    expect(await (await connect(usual.url)).dbsize()).toBe(0);
  });

  test('no password is given', async () => {
    const { port } = await start({ password: secret });
    expect(await whyUnusable(targetOnLoopback(port), 1500)).toMatch(/requires a password; put it into REDIS_URL/);
  });

  test('the password is wrong', async () => {
    const { url } = await start({ password: 'right' });
    const error = await connect(url.replace('right', secret)).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/refuses the user and password/);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(secret);
  });

  test('the database does not exist', async () => {
    expect(await why(`${usual.url}/99`)).toMatch(/no database of that number/);
  });

  test('it is a read-only replica', async () => {
    const replica = await start({ settings: [`replicaof 127.0.0.1 ${usual.port}`] });
    expect(await why(replica.url)).toMatch(/read-only replica/);
  });

  test('nothing listens there', async () => {
    expect(await why(`redis://:${secret}@127.0.0.1:${await freePort()}`)).toMatch(/nothing listens there\.$/);
  });

  test.skipIf(!hasSignals)('the server is frozen', async () => {
    const { url, freeze } = await start();
    await freeze();
    expect(await why(url, 200)).toMatch(/does not answer in time: it is frozen/);
  });

  test('it speaks TLS only, or its certificate is not trusted', async () => {
    const { url } = await start({ tls: true });
    expect(await why(url.replace('rediss:', 'redis:'))).toMatch(/if it speaks TLS only, use rediss:/);
    expect(await why(url)).toMatch(/certificate that this machine does not trust.*NODE_EXTRA_CA_CERTS/);
  });

  test('it does not speak TLS', async () => {
    expect(await why(usual.url.replace('redis:', 'rediss:'))).toMatch(/does not speak TLS \(then use redis:/);
  });

  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', /is not Redis: its answer is not in the Redis protocol/],
    ['a server that answers everything with OK', '+OK\r\n', /is not Redis: it does not answer PING with PONG/],
    ['a server that knows PING only', '+PONG\r\n', /is not Redis: it answers PING, but not INFO/],
    ['a Redis that is loading its data', '-LOADING Redis is loading the dataset in memory\r\n', /still loading/],
    ['a Redis in protected mode', '-DENIED Redis is running in protected mode\r\n', /protected mode/],
    ['a server that repeats the password', `-ERR unknown command AUTH ${secret}\r\n`, /answers: .*AUTH \*\*\*/],
    ['a silent server', null, /does not answer in time.*not Redis/],
  ])('%s listens there', async (_, answer, reason) => {
    const impostor = createServer((socket) => {
      socket.on('error', () => {});
      // One answer for each command. `*2`, for example, starts a command of two words.
      socket.on('data', (data) => {
        if (answer !== null) socket.write(answer.repeat(data.toString().match(/^\*\d+\r$/gm)?.length ?? 0));
      });
    });
    const port = await listen(impostor);
    const message = await why(`redis://:${secret}@127.0.0.1:${port}`, 300);
    impostor.close();
    expect(message).toMatch(reason);
    expect(message).not.toContain(secret);
  });
});

describe('when Redis is', () => {
  test('lost, commands fail at once, and work again when it is back', async () => {
    const server = await start();
    const redis = await connect(server.url);
    const closed = event(redis, 'close');
    await server.stop();
    await closed;
    await expectRejection(redis.get('key'), 500);

    await start({ port: server.port });
    await vi.waitFor(() => redis.set('key', 'x'), { timeout: 2000, interval: 20 });
  });

  test.skipIf(!hasSignals)('lost while a command is in flight, that command fails and is not repeated', async () => {
    const server = await start();
    const redis = await connect(server.url);
    await server.freeze();
    const rejected = expectRejection(redis.incr('counter'), 900);
    await server.stop();
    await rejected;

    await start({ port: server.port });
    await vi.waitFor(() => redis.ping(), { timeout: 2000, interval: 20 });
    expect(await redis.get('counter')).toBeNull();
  });

  test.skipIf(!hasSignals)(
    'frozen, commands fail within two seconds, `close` is emitted, and commands work again afterwards',
    async () => {
      const server = await start();
      const redis = await connect(server.url);
      const closed = event(redis, 'close');
      await server.freeze();
      await expectRejection(redis.get('key'), 2000);
      await closed;
      await expectRejection(redis.get('key'), 500);

      const back = event(redis, 'ready');
      server.thaw();
      await back;
      expect(await redis.set('key', 'x')).toBe('OK');
    },
  );

  test('lost, nothing is printed', async () => {
    const printed = vi.spyOn(console, 'error');
    const server = await start();
    const redis = await connect(server.url);
    const lost = event(redis, 'reconnecting');
    await server.stop();
    await lost;
    await event(redis, 'error');
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});

test('the `error` event of a refused reconnect does not hold the password', async () => {
  const server = await start({ password: 'hunter2' });
  const redis = await connect(server.url);
  const errors: unknown[] = [];
  redis.on('error', (error) => errors.push(error));
  await server.stop();
  await start({ port: server.port, password: 'another' });
  await vi.waitFor(() => expect(String(errors.at(-1))).toContain('WRONGPASS'), { timeout: 2000 });
  expect(inspect(errors, { depth: null, showHidden: true })).not.toContain('hunter2');
});

/** Unlike `once` of node:events, this does not reject when `error` is emitted first. */
function event(redis: Redis, name: string): Promise<unknown> {
  return new Promise((resolve) => redis.once(name, resolve));
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

/** @param ms limit in milliseconds. It does not depend on how busy this machine is. */
async function expectRejection(command: Promise<unknown>, ms: number): Promise<void> {
  const error = await within(ms, command).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(TimedOut);
}
