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

  /** Seconds until one may try again; 0 when no count is used up. */
  async function waitFor(keys: string[]): Promise<number> {
    const counts = await redis.mget(keys);
    const usedUp = keys.find((key, index) => Number(counts[index]) >= limitOf(key));
    return usedUp === undefined ? 0 : secondsLeft(usedUp);
  }

  /** Returns the seconds to wait when others have used up a count meanwhile; 0 when this was one of the tries it takes. */
  async function countFailure(keys: string[]): Promise<number> {
    let wait = 0;
    for (const key of keys) {
      // In one step, so that no count is left without an end; INCR itself makes two tries at the same moment two.
      const results = await redis.multi().set(key, 0, 'EX', window, 'NX').incr(key).exec();
      if (Number(results?.[1]?.[1]) > limitOf(key)) wait = await secondsLeft(key);
    }
    return wait;
  }

  const secondsLeft = async (key: string) => Math.max(1, await redis.ttl(key));

  return {
    /**
     * Look at a password if there is a try left, and once more at the counts before anybody is told what came of it: of a
     * hundred tries at the same moment all come past the first look.
     * @param account key of the account's count; the right password ends it: what the owner mistyped before does not count
     * @param source key of the address's count, where there is one
     * @returns `wait` is the seconds until the next try, 0 when this one counts; `right` what came of it
     */
    async attempt(
      { account, source }: { account: string; source?: string },
      isRight: () => Promise<boolean>,
    ): Promise<{ wait: number; right: boolean }> {
      const keys = source === undefined ? [account] : [account, source];
      const before = await waitFor(keys);
      if (before > 0) return { wait: before, right: false };
      const right = await isRight();
      const wait = right ? await waitFor(keys) : await countFailure(keys);
      if (right && wait === 0) await redis.del(account);
      return { wait, right: right && wait === 0 };
    },

    accountKey: (email: string, device: string | undefined) =>
      `throttle:account:${hash(email.toLowerCase())}:${device === undefined ? 'unknown' : hash(device)}`,
    sourceKey: (ip: string | undefined) => `throttle:source:${hash(ip ?? 'unknown')}`,
  };
}

const limitOf = (key: string) => (key.startsWith('throttle:account:') ? limits.account : limits.source);
