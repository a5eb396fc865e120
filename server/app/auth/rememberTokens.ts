/**
 * The tokens of remembered devices. A device has a series, which stays, and a token, which changes with each use. So a
 * token that comes a second time is a copy: of two people with the same cookie, the second one is noticed.
 *
 * Redis holds only digests: somebody who reads it cannot log in. A series belongs to one version of the credentials.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { User } from '../db.ts';
import { userOf } from '../middleware/requireAuth.ts';
import type { Context } from '../parts.ts';
import type { TakenToken } from '../takenToken.ts';
import { repliesOf } from '../transaction.ts';

/** Milliseconds from the login to the end of a series. No use renews it. */
export const rememberedMs = 30 * 24 * 60 * 60 * 1000;

/** Milliseconds that a replaced token still counts, because a browser may send two requests at the same moment. */
export const replacedMs = 5000;

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
const random = () => randomBytes(32).toString('base64url');
const listKey = (userId: number) => `user:${userId}:remembered`;
const replacedKey = (series: string) => series.replace('remember:', 'remember-replaced:');

/** Returns the key of the series in a cookie, and the digest of its token. */
export function partsOf(value: string): { series: string; token: string } {
  const [series = '', token = ''] = value.split('.');
  return { series: `remember:${digest(series).slice(0, 16)}`, token: digest(token) };
}

/** Starts the series of a device. Returns the value of its cookie. */
export async function createSeries({ redis }: Context, user: User): Promise<string> {
  const value = `${random()}.${random()}`;
  const { series, token } = partsOf(value);
  const list = listKey(user.id);
  // One transaction, so that nothing stays without an expiry, and no series is missing in the list of its user.
  const results = await redis
    .multi()
    .hset(series, { userId: user.id, version: user.credentialVersion, token })
    .pexpire(series, rememberedMs)
    .sadd(list, series)
    .pexpire(list, rememberedMs)
    .exec();
  repliesOf(results);
  return value;
}

/**
 * Uses a token up, and makes the next one. Of two requests with the same token at the same moment, one gets the next
 * token. The other is no theft, and gets none.
 *
 * @param value of the cookie
 * @returns undefined when there is no such series, or no more for this account
 */
export async function takeRememberToken(context: Context, value: string): Promise<TakenToken | undefined> {
  const { redis } = context;
  const { series, token } = partsOf(value);
  const next = `${value.split('.')[0]}.${random()}`;
  const keys = [series, replacedKey(series)];
  const outcome = await redis.eval(rotate, 2, ...keys, token, partsOf(next).token, replacedMs);
  const user = await ownerOf(context, series);
  if (outcome === 'unknown') return undefined;
  if (!user) {
    await forgetDevice(context, series);
    return undefined;
  }
  if (outcome !== 'rotated') return { user, series, stolen: outcome === 'stolen' };
  return { user, series, stolen: false, next: { value: next, maxAge: await redis.pttl(series) } };
}

/** One script, so that two requests cannot both find the token unused. */
const rotate = `
  local current = redis.call('HGET', KEYS[1], 'token')
  if not current then return 'unknown' end
  if current == ARGV[1] then
    redis.call('HSET', KEYS[1], 'token', ARGV[2])
    redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
    return 'rotated'
  end
  if redis.call('GET', KEYS[2]) == ARGV[1] then return 'again' end
  return 'stolen'`;

/** Returns the user of a series, or undefined when it has ended, or the account has other credentials by now. */
export async function ownerOf(context: Context, series: string): Promise<User | undefined> {
  const [userId, version] = await context.redis.hmget(series, 'userId', 'version');
  if (userId == null || version == null) return undefined;
  return userOf(context, { userId: Number(userId), credentialVersion: Number(version) });
}

/**
 * Ends every series of a user except one. Call it before the sessions are ended: a device that is just being logged in
 * with its token looks for its series once more when its session can be found.
 */
export async function forgetDevices(context: Context, userId: number, except?: string): Promise<void> {
  const all = await context.redis.smembers(listKey(userId));
  for (const series of all) if (series !== except) await forgetDevice(context, series);
}

/** Ends one series. */
export async function forgetDevice({ redis }: Context, series: string): Promise<void> {
  const userId = await redis.hget(series, 'userId');
  await redis.del(series);
  if (userId !== null) await redis.srem(listKey(Number(userId)), series);
}
