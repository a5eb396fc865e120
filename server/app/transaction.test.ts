import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { secondsOverLimit } from './middleware/requestLimit.ts';
import { repliesOf } from './transaction.ts';

describe.each(bothKinds)('a transaction on %s Redis', (kind) => {
  let stores: TestRedis;
  let redis: Awaited<ReturnType<TestRedis['connect']>>;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    redis = await stores.connect();
    await redis.flushall();
  });

  test('has the replies of its commands', async () => {
    expect(repliesOf(await redis.multi().set('count', 4).incr('count').get('none').exec())).toEqual(['OK', 5, null]);
  });

  test('in which a command fails is an error, although exec() resolves', async () => {
    await redis.set('list', 'no list');
    const results = await redis.multi().set('other', 1).rpush('list', 'an item').exec();
    expect(() => repliesOf(results)).toThrow('WRONGTYPE');
  });

  test('of a limit whose counter cannot be read lets nobody through', async () => {
    await secondsOverLimit(redis, 'forgot', '203.0.113.1');
    const [key] = await redis.keys('limit:*');
    await redis.set(key!, 'no number', 'KEEPTTL');
    await expect(secondsOverLimit(redis, 'forgot', '203.0.113.1')).rejects.toThrow('not an integer');
  });
});

test('that was discarded is an error', () => {
  expect(() => repliesOf(null)).toThrow('discarded');
});
