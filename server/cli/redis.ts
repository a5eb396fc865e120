import type { StoreKind } from '../../scenarios/engine/trace.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { BadRedisUrl } from '../redis/target.ts';
import { InfrastructureFailed } from './errors.ts';

export interface OpenRedis {
  redis: RedisSwitch;
  /** Where the records will live, for people; holds no password. */
  address: string;
}

/**
 * The Redis to play on, looked at before anything is played.
 *
 * @param url REDIS_URL, which only the real one needs
 * @throws InfrastructureFailed with the reason, and three ways to get a Redis when there is none
 */
export async function openRedis(store: StoreKind, url: string | undefined): Promise<OpenRedis> {
  return store === 'mock' ? await openMock() : await openReal(url);
}

/** The mock alone: to load the client of a real Redis as well takes longer than to play a scenario. */
async function openMock(): Promise<OpenRedis> {
  const { createMockRedis } = await import('../redis/mock.ts');
  const mock = createMockRedis();
  const address = 'in this process';
  const redis: RedisSwitch = {
    connect: (_, { keyPrefix }) => mock.connect(keyPrefix),
    address: () => address,
    startPrivate: () => Promise.reject(new Error('Only the mock is open; it has no server to start.')),
    status: () => Promise.reject(new Error('Only the mock is open; nobody looked for a real Redis.')),
    close: mock.close,
  };
  return { redis, address };
}

async function openReal(url: string | undefined): Promise<OpenRedis> {
  const { createRedisSwitch } = await import('../redis/switch.ts');
  try {
    const redis = createRedisSwitch({ url });
    return { redis, address: await findReal(redis) };
  } catch (error) {
    if (error instanceof BadRedisUrl) throw new InfrastructureFailed(error.message);
    throw error;
  }
}

async function findReal(redis: RedisSwitch): Promise<string> {
  const { available, address, reason, waysToGetOne } = await redis.status();
  if (available) return address ?? 'a redis-server started for this run';
  await redis.close();
  throw new InfrastructureFailed(`There is no real Redis: ${reason}`, waysToGetOne);
}
