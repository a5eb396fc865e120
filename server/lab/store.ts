import type { Redis } from 'ioredis';
import type { Scenario, Setup } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import type { PrivateServer } from '../redis/privateServer.ts';
import type { RedisSwitch } from '../redis/switch.ts';

/** The scenario shows something that a mock does not do. The message says what. */
export class NeedsRealRedis extends Error {
  override name = 'NeedsRealRedis';

  constructor(slug: string, reason: string) {
    super(`Scenario "${slug}" needs a real Redis. ${reason}`);
  }
}

/** @throws NeedsRealRedis on the mock, for a scenario that the mock would tell something untrue */
export function requirePlayable({ slug, needsRealRedis }: Scenario, store: StoreKind): void {
  if (store === 'mock' && needsRealRedis !== undefined) throw new NeedsRealRedis(slug, needsRealRedis);
}

export interface OpenStore {
  connection: Redis;
  /** For people. */
  address: string;
  /** The server, where it is the sandbox's own; to be ended with the sandbox. */
  own: PrivateServer | null;
}

/** The Redis a sandbox lives in: the one that all share, or one of its own. @throws RedisUnavailable */
export async function openStore(
  redis: RedisSwitch,
  store: StoreKind,
  { ownRedis }: Setup,
  namespace: string,
): Promise<OpenStore> {
  if (!ownRedis) {
    const connection = await redis.connect(store, { keyPrefix: namespace });
    return { connection, address: redis.address(store), own: null };
  }
  const own = await redis.startPrivate(ownRedis);
  try {
    return { connection: await own.connect(namespace), address: own.address, own };
  } catch (error) {
    await own.end();
    throw error;
  }
}
