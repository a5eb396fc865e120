import type { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { testEveryScenario } from '../../testing/everyScenario.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';

let redis: TestRedis;
let observer: Redis;

beforeAll(async () => {
  redis = await openTestRedis('mock');
  observer = await redis.connect();
});
afterAll(() => redis.close());

testEveryScenario('mock', () => ({ redis, observer }));
