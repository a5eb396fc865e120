import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { createMockRedis } from './mock.ts';

const mock = createMockRedis();
afterEach(() => mock.close());

test('a connection is ready: a command in the same tick works', async () => {
  const redis = await mock.connect('a:');
  await expect(redis.set('sess:1', 'x')).resolves.toBe('OK');
});

test('all connections share one data set, and each uses its own prefix', async () => {
  const [one, other, all] = [await mock.connect('a:'), await mock.connect('b:'), await mock.connect('')];
  await one.set('sess:1', 'of a');
  await other.set('sess:1', 'of b');
  expect(await one.get('sess:1')).toBe('of a');
  expect(await all.mget('a:sess:1', 'b:sess:1')).toEqual(['of a', 'of b']);
});

test('another mock in the same process does not see the keys', async () => {
  const elsewhere = createMockRedis();
  await (await mock.connect('')).set('key', 'here');
  expect(await (await elsewhere.connect('')).get('key')).toBeNull();
  await elsewhere.close();
});

test('closing deletes the data', async () => {
  await (await mock.connect('')).set('key', 'here');
  await mock.close();
  expect(await (await mock.connect('')).get('key')).toBeNull();
});

test('a key is deleted together with its last member, as in Redis', async () => {
  const redis = await mock.connect('a:');
  await redis.zadd('sorted', 1, 'member');
  await redis.zrem('sorted', 'member');
  await redis.rpush('list', 'member');
  await redis.lrem('list', 0, 'member');
  await redis.zadd('trimmed', 1, 'member', 2, 'other');
  await redis.eval("redis.call('ZREMRANGEBYRANK', KEYS[1], 0, 1)", 1, 'trimmed');
  await redis.zadd('kept', 1, 'member', 2, 'other');
  await redis.zrem('kept', 'member');
  await redis.set('text', '');
  expect((await redis.keys('*')).sort()).toEqual(['a:kept', 'a:text']);
});

test('TIME never goes back', async () => {
  const redis = await mock.connect('');
  let last = 0;
  const end = Date.now() + 1100;
  while (Date.now() < end) {
    const [seconds, microseconds] = await redis.time();
    expect(Number(microseconds)).toBeLessThan(1_000_000);
    const now = Number(seconds) * 1_000_000 + Number(microseconds);
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
  expect(Math.abs(last / 1000 - Date.now())).toBeLessThan(1000);
});

test('two hundred connections that watch and subscribe cause no warning, and are forgotten when they are disconnected', async () => {
  const warnings: Error[] = [];
  const collect = (warning: Error) => warnings.push(warning);
  process.on('warning', collect);
  const clients = await Promise.all(Array.from({ length: 200 }, (_, n) => mock.connect(`${n}:`)));
  for (const client of clients) await Promise.all([client.watch('key'), client.subscribe('channel')]);
  // Warnings are emitted in the next tick.
  await new Promise(setImmediate);
  process.off('warning', collect);
  expect(warnings).toEqual([]);

  const another = await mock.connect('');
  const subscribers = async () => (await another.pubsub('NUMSUB', 'channel'))[1];
  expect(await subscribers()).toBe(200);
  await Promise.all(
    clients.map((client) => {
      client.disconnect();
      return once(client, 'end');
    }),
  );
  expect(await subscribers()).toBe(0);
});
