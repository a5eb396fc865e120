import type { Redis } from 'ioredis';
import type { KeyWatch } from '../lens/keys.ts';

/** Changes keys as somebody does who has access to Redis; names are without the namespace. */
export interface KeyHand {
  /** Whether it was there. */
  delete(name: string): Promise<boolean>;
  /** @param ttl ms; null: without an end; undefined: the end it has */
  set(name: string, value: string, ttl?: number | null): Promise<void>;
  /** @param ttl ms, below 1: gone at once; null: without an end. Whether it was there. */
  expire(name: string, ttl: number | null): Promise<boolean>;
}

export function createKeyHand(redis: Redis, keys: KeyWatch): KeyHand {
  return {
    delete: (name) => keys.changeManually(name, 'set', async () => (await redis.del(name)) > 0),

    async set(name, value, ttl) {
      await keys.changeManually(name, 'set', async () => {
        // Not KEEPTTL, which the mock does not know.
        const left = ttl === undefined ? await redis.pttl(name) : (ttl ?? -1);
        await (left > 0 ? redis.set(name, value, 'PX', left) : redis.set(name, value));
        return true;
      });
    },

    expire: (name, ttl) =>
      keys.changeManually(name, 'ttl', async () => {
        if (ttl !== null) return (await redis.pexpire(name, ttl)) === 1;
        await redis.persist(name);
        return (await redis.exists(name)) === 1;
      }),
  };
}
