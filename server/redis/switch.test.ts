import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { hasSignals, startTestServer, type TestServer, type TestServerOptions } from '../../testing/redisServer.ts';
import { RedisUnavailable } from './errors.ts';
import { freePort } from './guard.ts';
import { createRedisSwitch, type RedisSwitch, type RedisSwitchOptions } from './switch.ts';
import { BadRedisUrl } from './target.ts';
import { within } from './within.ts';

// With TLS: switch.full.test.ts.

const servers: TestServer[] = [];
const switches: RedisSwitch[] = [];
const emptyFolder = mkdtempSync(join(tmpdir(), 'session-sandbox-empty-path-'));

async function start(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

/** Returns a switch that finds no real Redis, unless an option says where one is. */
async function createSwitch(options: RedisSwitchOptions = {}): Promise<RedisSwitch> {
  const redisSwitch = createRedisSwitch({ localPort: await freePort(), path: emptyFolder, ...options });
  switches.push(redisSwitch);
  return redisSwitch;
}

afterEach(async () => {
  await Promise.all(switches.splice(0).map((redisSwitch) => redisSwitch.close()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => rmSync(emptyFolder, { recursive: true }));

test('the mock works without a real Redis', async () => {
  const redisSwitch = await createSwitch();
  const redis = await redisSwitch.connect('mock', { keyPrefix: 'a:' });
  expect(await redis.set('key', 'x')).toBe('OK');
  expect(redisSwitch.address('mock')).toBe('in this process');
});

test('a malformed REDIS_URL is refused at once', () => {
  expect(() => createRedisSwitch({ url: 'http://redis.example' })).toThrow(BadRedisUrl);
});

describe('a real Redis is', () => {
  test('the one in REDIS_URL, before a local one', async () => {
    const [named, local] = [await start({ password: 'hunter2' }), await start()];
    const redisSwitch = await createSwitch({ url: named.url, localPort: local.port });
    const status = await redisSwitch.status();
    expect(status).toMatchObject({ available: true, source: 'REDIS_URL', address: `127.0.0.1:${named.port}` });
    expect(JSON.stringify(status)).not.toContain('hunter2');
    await redisSwitch.connect('real', { keyPrefix: 'a:' });
    expect(redisSwitch.address('real')).toBe(`127.0.0.1:${named.port}`);
  });

  test('never another one when the one in REDIS_URL cannot be reached', async () => {
    const local = await start();
    const url = `redis://:hunter2@127.0.0.1:${await freePort()}`;
    const redisSwitch = await createSwitch({ url, localPort: local.port, path: process.env.PATH });
    const status = await redisSwitch.status();
    expect(status).toMatchObject({ available: false, source: 'REDIS_URL' });
    expect(status.reason).toMatch(/nothing listens there/);
    expect(status.waysToGetOne).toHaveLength(3);
    expect(JSON.stringify(status)).not.toContain('hunter2');
    await expect(redisSwitch.connect('real', { keyPrefix: 'a:' })).rejects.toThrow(/nothing listens there/);
  });

  test('the local one, before one that the switch would start; an empty REDIS_URL counts as none', async () => {
    const local = await start();
    const redisSwitch = await createSwitch({ url: ' ', localPort: local.port, path: process.env.PATH });
    expect(await redisSwitch.status()).toMatchObject({ available: true, source: 'localhost' });
    const redis = await redisSwitch.connect('real', { keyPrefix: 'a:' });
    await redis.set('key', 'x');
    expect(redisSwitch.address('real')).toBe(`127.0.0.1:${local.port}`);
  });

  test('one that the switch starts for the first sandbox, when the local one requires a password', async () => {
    const local = await start({ password: 'hunter2' });
    const redisSwitch = await createSwitch({ localPort: local.port, path: process.env.PATH });
    const before = await redisSwitch.status();
    expect(before).toMatchObject({ available: true, source: 'startable', address: null });
    expect(before.passedOver[0]).toMatch(/requires a password/);

    const keyPrefixes = ['a:', 'b:'];
    const clients = await Promise.all(keyPrefixes.map((keyPrefix) => redisSwitch.connect('real', { keyPrefix })));
    await clients[0]!.set('key', 'x');
    expect(await clients[1]!.keys('*')).toEqual(['a:key']);
    expect(await redisSwitch.status()).toMatchObject({
      available: true,
      source: 'started',
      address: redisSwitch.address('real'),
    });
  });

  test('missing when nothing listens and nothing is on the PATH', async () => {
    const redisSwitch = await createSwitch();
    const status = await redisSwitch.status();
    expect(status).toMatchObject({ available: false, source: null, address: null });
    expect(status.reason).toMatch(/nothing listens there\. And there is no redis-server on the PATH/);
    expect(status.waysToGetOne).toHaveLength(3);
    await expect(redisSwitch.connect('real', { keyPrefix: 'a:' })).rejects.toThrow(RedisUnavailable);
  });

  test('found as soon as it is there', async () => {
    const localPort = await freePort();
    const redisSwitch = await createSwitch({ localPort });
    expect(await redisSwitch.status()).toMatchObject({ available: false });
    await start({ port: localPort });
    expect(await redisSwitch.status()).toMatchObject({ available: true, source: 'localhost' });
  });
});

test('a lost Redis is reported, and not replaced by another while a sandbox is connected to it', async () => {
  const local = await start();
  const redisSwitch = await createSwitch({ localPort: local.port, path: process.env.PATH });
  const redis = await redisSwitch.connect('real', { keyPrefix: 'a:' });
  await local.stop();
  expect(await redisSwitch.status()).toMatchObject({ available: false, source: 'localhost' });
  await expect(redisSwitch.connect('real', { keyPrefix: 'b:' })).rejects.toThrow(/nothing listens there/);
  redis.disconnect();
  await expect.poll(() => redisSwitch.status()).toMatchObject({ available: true, source: 'startable' });
});

test.skipIf(!hasSignals)(
  'a frozen Redis is reported within half a second, and a connection is refused within two',
  async () => {
    const named = await start();
    const redisSwitch = await createSwitch({ url: named.url });
    await named.freeze();
    // Limits of `within` do not depend on how busy this machine is.
    expect((await within(500, redisSwitch.status())).reason).toMatch(/frozen/);
    await expect(within(2000, redisSwitch.connect('real', { keyPrefix: 'a:' }))).rejects.toThrow(/frozen/);
  },
);

test('a closed switch gives no connections', async () => {
  const redisSwitch = await createSwitch({ path: process.env.PATH });
  await redisSwitch.close();
  await expect(redisSwitch.connect('real', { keyPrefix: 'a:' })).rejects.toThrow(/closed/);
});
