import type { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import { type PrivateServer, startPrivateServer } from './privateServer.ts';

let server: PrivateServer | undefined;
let redis: Redis | undefined;

afterEach(async () => {
  redis?.disconnect();
  await server?.end();
});

async function open(...settings: string[]) {
  server = await startPrivateServer(settings, process.env.PATH ?? '');
  redis = await server.connect('sandbox:a:');
  return { server, redis };
}

const becomes = (redis: Redis, event: 'ready' | 'close') => new Promise((resolve) => redis.once(event, resolve));

test('it has the given settings, and its keys have the prefix', async () => {
  const { server, redis } = await open('maxmemory 4mb', 'maxmemory-policy volatile-lru');
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'volatile-lru']);
  await redis.set('key', '1');
  const outsider = await server.connect('');
  expect(await outsider.keys('*')).toEqual(['sandbox:a:key']);
  outsider.disconnect();
});

test('after a restart it is empty and at the same address, and connections recover', async () => {
  const { server, redis } = await open();
  await redis.set('key', '1');
  const closed = becomes(redis, 'close');
  await server.stop();
  await closed;
  await expect(redis.get('key')).rejects.toThrow();
  const ready = becomes(redis, 'ready');
  await server.start();
  await ready;
  expect(await redis.get('key')).toBeNull();
});

test.skipIf(process.platform === 'win32')('frozen it answers nothing, and thawed it still has its data', async () => {
  const { server, redis } = await open();
  await redis.set('key', '1');
  const closed = becomes(redis, 'close');
  await server.freeze();
  await expect(redis.get('key')).rejects.toThrow('Command timed out');
  // The connection is closed when an answer takes even longer.
  redis.get('key').catch(() => {});
  await closed;
  const ready = becomes(redis, 'ready');
  server.thaw();
  await ready;
  expect(await redis.get('key')).toBe('1');
});

test('a frozen server can be ended', async () => {
  const { server, redis } = await open();
  redis.disconnect();
  await server.freeze();
  await server.end();
  await expect(server.connect('')).rejects.toThrow('nothing listens there');
});

test('without a redis-server program it is refused, with the reason why one is needed', async () => {
  await expect(startPrivateServer([], '')).rejects.toThrow(
    'This scenario breaks its Redis, so it starts one of its own, and there is no redis-server on the PATH to start.',
  );
});
