import type { Redis } from 'ioredis';
import type { KeyWatch } from '../lens/keys.ts';

/** Changes keys as a person does who has access to Redis. Names are without the namespace. */
export function createKeyEditor(redis: Redis, keys: KeyWatch) {
  return {
    /** Resolves to whether the key existed. @param by a fault of Redis that it stands for */
    delete: (name: string, by: 'manual' | 'eviction' | 'redis-restart' = 'manual') =>
      keys.changeManually(name, 'set', async () => (await redis.del(name)) > 0, { by }),

    /** @param ttl ms; null: none; undefined: the time to live it has */
    async set(name: string, value: string, ttl?: number | null): Promise<void> {
      if (typeof name !== 'string' || typeof value !== 'string')
        throw new TypeError('A key has a name and a value, which are texts.');
      // 0 and less would be no time to live at all, and a key without one outlives a crash.
      if (ttl !== undefined && ttl !== null && !(ttl >= 1 && ttl < Number.POSITIVE_INFINITY))
        throw new RangeError(`A time to live is a number of milliseconds from 1 on, or null for none, not ${ttl}.`);
      await keys.changeManually(name, 'set', async () => {
        // Not KEEPTTL, which the mock does not know.
        const left = ttl === undefined ? await redis.pttl(name) : (ttl ?? -1);
        await (left > 0 ? redis.set(name, value, 'PX', left) : redis.set(name, value));
        return true;
      });
    },

    /** Resolves to whether the key existed. @param ttl ms, below 1: deleted at once; null: none */
    expire: (name: string, ttl: number | null) =>
      keys.changeManually(name, 'ttl', async () => {
        if (ttl !== null) return (await redis.pexpire(name, ttl)) === 1;
        await redis.persist(name);
        return (await redis.exists(name)) === 1;
      }),

    /** Resolves to whether the key had a time to live, which it has no longer. */
    persist: (name: string) => keys.changeManually(name, 'ttl', async () => (await redis.persist(name)) === 1),
  };
}

export type KeyEditor = ReturnType<typeof createKeyEditor>;
