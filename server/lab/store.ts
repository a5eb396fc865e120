import type { Redis } from 'ioredis';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Scenario, Setup } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { RedisUnavailable } from '../redis/errors.ts';
import type { PrivateServer } from '../redis/privateServer.ts';
import type { RedisSwitch } from '../redis/switch.ts';

/** @throws SandboxError `needs-real-redis` on the mock, for a scenario that the mock would show wrongly */
export function requirePlayable({ slug, needsRealRedis }: Scenario, store: StoreKind): void {
  if (store === 'mock' && needsRealRedis !== undefined)
    throw new SandboxError('needs-real-redis', `Scenario "${slug}" needs a real Redis. ${needsRealRedis}`);
}

export interface OpenStore {
  connection: Redis;
  /** For people. */
  address: string;
  /** The server, where it is the sandbox's own; to be ended with the sandbox. */
  own: PrivateServer | null;
}

/**
 * Opens the Redis of a sandbox: the one that all sandboxes share, or one of its own.
 * @throws SandboxError `redis-unavailable`
 */
export async function openStore(
  redis: RedisSwitch,
  store: StoreKind,
  { ownRedis }: Setup,
  namespace: string,
): Promise<OpenStore> {
  try {
    if (ownRedis) return await openOwn(redis, ownRedis, namespace);
    const connection = await redis.connect(store, { keyPrefix: namespace });
    return { connection, address: redis.address(store), own: null };
  } catch (error) {
    // The switch does not know the contract, so its error is translated here, and nowhere else.
    if (error instanceof RedisUnavailable) throw new SandboxError('redis-unavailable', error.message);
    throw error;
  }
}

async function openOwn(redis: RedisSwitch, settings: readonly string[], namespace: string): Promise<OpenStore> {
  const own = await redis.startPrivate(settings);
  try {
    return { connection: await own.connect(namespace), address: own.address, own };
  } catch (error) {
    await own.end();
    throw error;
  }
}
