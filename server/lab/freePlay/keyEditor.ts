import type { Redis } from 'ioredis';
import type { KeyWatch } from '../lens/keys.ts';

/** Changes keys as a person does who has access to Redis. Names are without the namespace. */
export interface KeyEditor {
  /** Resolves to whether the key existed. */
  delete(name: string): Promise<boolean>;
  /** @param ttl ms; null: none; undefined: the time to live it has */
  set(name: string, value: string, ttl?: number | null): Promise<void>;
  /** Resolves to whether the key existed. @param ttl ms, below 1: deleted at once; null: none */
  expire(name: string, ttl: number | null): Promise<boolean>;
}

export function createKeyEditor(redis: Redis, keys: KeyWatch): KeyEditor {
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
