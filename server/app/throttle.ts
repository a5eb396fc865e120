import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Wrong passwords an account takes from devices it does not know, and one source may try on any accounts. */
const limits = { account: 5, source: 50 };

/** Seconds until a count starts anew. */
const window = 15 * 60;

export type Throttle = ReturnType<typeof createThrottle>;

/**
 * Take one try from each count, or from none of them when one is used up; then it returns the seconds until that one starts
 * anew. As one step, and before the password is looked at: counted afterwards, a hundred tries at the same moment would all be
 * looked at.
 */
const takeTry = `
  for i, key in ipairs(KEYS) do
    if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[i + 1]) then
      return math.max(1, redis.call('TTL', key))
    end
  end
  for _, key in ipairs(KEYS) do
    redis.call('SET', key, 0, 'EX', ARGV[1], 'NX')
    redis.call('INCR', key)
  end
  return 0`;

/** A count whose window has closed meanwhile has nothing to give back, and must not come to be without an end. */
const giveTryBack = `
  if redis.call('EXISTS', KEYS[1]) == 1 and redis.call('DECR', KEYS[1]) <= 0 then
    redis.call('DEL', KEYS[1])
  end`;

/**
 * Counts wrong passwords in Redis, where every instance sees them: per account, whatever address they come from, and per
 * address, whatever account they go to. Devices that have logged in before are counted for themselves, so that somebody
 * who uses up an account's tries from elsewhere does not lock its owner out.
 */
export function createThrottle(redis: Redis) {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

  async function giveBack(keys: string[]): Promise<void> {
    for (const key of keys) await redis.eval(giveTryBack, 1, key);
  }

  return {
    /**
     * Look at a password if there is a try left.
     * @param account key of the account's count; the right password ends it: what the owner mistyped before does not count
     * @param source key of the address's count, where there is one
     * @returns `wait` is the seconds until the next try, 0 when this one was looked at; `right` what came of it
     */
    async attempt(
      { account, source }: { account: string; source?: string },
      isRight: () => Promise<boolean>,
    ): Promise<{ wait: number; right: boolean }> {
      const others = source === undefined ? [] : [source];
      const keys = [account, ...others];
      const wait = Number(await redis.eval(takeTry, keys.length, ...keys, window, ...keys.map(limitOf)));
      if (wait > 0) return { wait, right: false };
      try {
        const right = await isRight();
        if (right) {
          await redis.del(account);
          await giveBack(others);
        }
        return { wait: 0, right };
      } catch (error) {
        // Too busy to look at it, say: that is no wrong password.
        await giveBack(keys);
        throw error;
      }
    },

    accountKey: (email: string, device: string | undefined) =>
      `throttle:account:${hash(email.toLowerCase())}:${device === undefined ? 'unknown' : hash(device)}`,
    sourceKey: (ip: string | undefined) => `throttle:source:${hash(ip ?? 'unknown')}`,
  };
}

const limitOf = (key: string) => (key.startsWith('throttle:account:') ? limits.account : limits.source);
