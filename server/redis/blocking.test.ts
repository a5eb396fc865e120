import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { allowBlocking } from './blocking.ts';

let server: TestServer;
let redis: Redis;
let other: Redis;
let closes: number;

const limits = { commandTimeout: 150, socketTimeout: 200 };

beforeAll(async () => {
  server = await startTestServer();
  redis = allowBlocking(new Redis(server.url, { ...limits, maxRetriesPerRequest: 0 }));
  other = new Redis(server.url);
  redis.on('close', () => closes++);
  redis.on('error', () => {});
  await redis.ping();
});
afterAll(async () => {
  redis.disconnect();
  other.disconnect();
  await server.stop();
});
beforeEach(async () => {
  closes = 0;
  await other.flushall();
});

const msOf = async (work: Promise<unknown>) => {
  const started = performance.now();
  await work.catch(() => {});
  return performance.now() - started;
};

test.each<[what: string, wait: (redis: Redis) => Promise<unknown>]>([
  ['BLPOP', (client) => client.blpop('list', 0.5)],
  ['BLMOVE', (client) => client.blmove('list', 'other', 'LEFT', 'RIGHT', 0.5)],
  ['XREAD BLOCK', (client) => client.xread('BLOCK', 500, 'STREAMS', 'stream', '$')],
  [
    'BLPOP of a duplicate',
    async (client) => {
      const copy = client.duplicate();
      await copy.ping();
      return copy.blpop('list', 0.5).finally(() => copy.disconnect());
    },
  ],
])('%s waits as long as it says, and what was sent behind it is answered', async (_, wait) => {
  const [nothing, behind] = await Promise.all([wait(redis), redis.echo('behind')]);
  expect([nothing, behind, closes]).toEqual([null, 'behind', 0]);
});

test('BLPOP without an end gets what comes', async () => {
  const waiting = redis.blpop('list', 0);
  setTimeout(() => other.rpush('list', 'x'), 400);
  expect(await waiting).toEqual(['list', 'x']);
  expect(closes).toBe(0);
});

test('the usual limits are back afterwards', async () => {
  await redis.blpop('list', 0.3);
  await other.client('PAUSE', 600);
  expect(await msOf(redis.get('key'))).toBeLessThan(400);
  await expect(redis.get('key')).rejects.toThrow();
  await other.client('UNPAUSE');
});
