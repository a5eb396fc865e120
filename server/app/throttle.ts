import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Wrong passwords an account takes from devices it does not know, and one source may try on any accounts. */
const limits = { account: 5, source: 50 };

/** Seconds until a count starts anew. */
const window = 15 * 60;

export type Throttle = ReturnType<typeof createThrottle>;

/**
 * Counts wrong passwords in Redis, where every instance sees them: per account, whatever address they come from, and per
 * address, whatever account they go to. Devices that have logged in before are counted for themselves, so that somebody
 * who uses up an account's tries from elsewhere does not lock its owner out.
 */
export function createThrottle(redis: Redis) {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

  return {
    /** Seconds to wait before the next try; 0 when one may try now. */
    async wait(keys: string[]): Promise<number> {
      for (const key of keys) {
        const [count, left] = await Promise.all([redis.get(key), redis.ttl(key)]);
        if (Number(count) >= limitOf(key)) return Math.max(1, left);
      }
      return 0;
    },

    async countFailure(keys: string[]): Promise<void> {
      for (const key of keys) {
        // In one step, so that no count is left without an end; INCR itself makes two tries at the same moment two.
        await redis.multi().set(key, 0, 'EX', window, 'NX').incr(key).exec();
      }
    },

    /** The right password: what its owner mistyped before does not count against them. */
    async forget(keys: string[]): Promise<void> {
      await redis.del(...keys);
    },

    accountKey: (email: string, device: string | undefined) =>
      `throttle:account:${hash(email.toLowerCase())}:${device === undefined ? 'unknown' : hash(device)}`,
    sourceKey: (ip: string | undefined) => `throttle:source:${hash(ip ?? 'unknown')}`,
  };
}

const limitOf = (key: string) => (key.startsWith('throttle:account:') ? limits.account : limits.source);
