/** Limits what anybody may ask for without a password: mails, and baskets that need a record. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { Redis } from 'ioredis';
import { sourceOf } from '../sourceAddress.ts';
import { repliesOf } from '../transaction.ts';

const windowSeconds = 15 * 60;

/** How often within 15 minutes: per source address, except for `mail`, which is per e-mail that gets the mails. */
const limits = { register: 20, forgot: 20, basket: 200, mail: 5 };

/**
 * Counts a request. Returns 0 while it is within the limit, and otherwise the seconds until the counter starts again.
 *
 * @param who the e-mail for `mail`, and the visitor's address for the others. The key holds a hash of it.
 */
export async function secondsOverLimit(redis: Redis, what: keyof typeof limits, who = 'unknown'): Promise<number> {
  const counted = what === 'mail' ? who.toLowerCase() : sourceOf(who);
  const key = `limit:${what}:${createHash('sha256').update(counted).digest('base64url').slice(0, 22)}`;
  // One transaction, so that no counter stays without an expiry. INCR is atomic: parallel requests are all counted.
  const [, count] = repliesOf(await redis.multi().set(key, 0, 'EX', windowSeconds, 'NX').incr(key).exec());
  return Number(count) > limits[what] ? Math.max(1, await redis.ttl(key)) : 0;
}

export function refuseTooMany(res: Response, waitSeconds: number): void {
  res.status(429).set('retry-after', String(waitSeconds)).json({ error: 'Too many requests. Try again later.' });
}
