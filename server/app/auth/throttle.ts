/**
 * Counts wrong passwords and codes in Redis, where every instance of the app sees them: per account, from all addresses
 * together, and per source address, for all accounts together. Each device that has logged in before has a counter of its
 * own, so that an attacker who uses up an account's tries does not lock out its owner.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Redis } from 'ioredis';
import { cookieNamed } from '../cookies.ts';
import type { User } from '../db.ts';
import type { Services } from '../services.ts';
import { cookieAttributes } from '../session.ts';
import { isSignature, sign } from '../signature.ts';
import { sourceOf } from '../sourceAddress.ts';
import { repliesOf } from '../transaction.ts';

/**
 * How many tries may be wrong within the window. `account` counts the passwords and the codes of an account separately, and
 * those from unknown devices together. `source` counts what comes from one address.
 */
const limits = { account: 5, source: 50 };

/** From the first wrong try until the counter starts again. */
const windowSeconds = 15 * 60;

const deviceCookie = '__Host-device';
/** Milliseconds. */
const oneYear = 365 * 24 * 60 * 60 * 1000;

/**
 * Checks a password or a code if there are tries left. Afterwards it reads the counters again, because many attempts at
 * the same moment all pass the first reading.
 *
 * @param counters the keys of the counters. A correct try resets the account's counter, so that earlier typing errors do
 *   not add up.
 * @returns `waitSeconds` is 0 when there were tries left. Otherwise even a correct try is refused: `correct` is false, and
 *   `waitSeconds` is the time until the next try.
 */
export async function attempt(
  redis: Redis,
  counters: { account: string; source?: string },
  isCorrect: () => Promise<boolean>,
): Promise<{ waitSeconds: number; correct: boolean }> {
  const { account, source } = counters;
  const keys = source === undefined ? [account] : [account, source];
  const waitBefore = await secondsToWait(redis, keys);
  if (waitBefore > 0) return { waitSeconds: waitBefore, correct: false };
  const correct = await isCorrect();
  const waitSeconds = correct ? await secondsToWait(redis, keys) : await countFailure(redis, keys);
  if (waitSeconds > 0) return { waitSeconds, correct: false };
  if (correct) await redis.del(account);
  return { waitSeconds, correct };
}

/** Returns the key of an account's counter. The keys hold hashes, so that Redis does not list who has an account. */
export const accountKey = (email: string, device: string | undefined): string =>
  `throttle:account:${hash(email.toLowerCase())}:${device === undefined ? 'unknown' : hash(device)}`;

/** Returns the key of an account's counter of wrong codes. It is another one because a correct password resets the first. */
export const codeKey = ({ id }: User, device: string | undefined): string =>
  `throttle:code:${id}:${device === undefined ? 'unknown' : hash(device)}`;

/** Returns the key of a source address's counter. */
export const sourceKey = (ip: string | undefined): string => `throttle:source:${hash(sourceOf(ip ?? 'unknown'))}`;

/**
 * Sets a cookie which says that this user has logged in on this device: `<user id>.<random>.<signature>`. It opens
 * nothing. It only tells devices apart, so each device gets a random part of its own.
 *
 * It is signed for the user's current credentials. Otherwise somebody who knew an old password could have collected
 * devices with it, each with tries of its own to guess the new one.
 */
export function rememberDevice(services: Services, res: Response, user: User): void {
  const device = `${user.id}.${randomBytes(12).toString('base64url')}`;
  const signature = sign(services, 'device', signed(device, user));
  res.cookie(deviceCookie, `${device}.${signature}`, { ...cookieAttributes, maxAge: oneYear });
}

/** Returns the device when this user has logged in on it with the current credentials, and undefined otherwise. */
export function knownDevice(services: Services, req: Request, user: User | undefined): string | undefined {
  const [id, random, signature] = cookieNamed(req, deviceCookie)?.split('.') ?? [];
  if (user === undefined || id !== String(user.id)) return undefined;
  const device = `${id}.${random}`;
  return isSignature(services, 'device', signed(device, user), signature) ? device : undefined;
}

const signed = (device: string, { credentialVersion }: User) => `${device}.${credentialVersion}`;

/** Returns 0 when there are tries left. */
async function secondsToWait(redis: Redis, keys: string[]): Promise<number> {
  const failures = await redis.mget(keys);
  const usedUp = keys.find((key, index) => Number(failures[index]) >= limitOf(key));
  return usedUp === undefined ? 0 : secondsLeft(redis, usedUp);
}

/** Counts a wrong try. Returns the seconds to wait when parallel attempts used up the tries meanwhile, and 0 otherwise. */
async function countFailure(redis: Redis, keys: string[]): Promise<number> {
  let waitSeconds = 0;
  for (const key of keys) {
    // One transaction, so that no counter stays without an expiry. INCR is atomic: parallel attempts are all counted.
    const [, failures] = repliesOf(await redis.multi().set(key, 0, 'EX', windowSeconds, 'NX').incr(key).exec());
    if (Number(failures) > limitOf(key)) waitSeconds = await secondsLeft(redis, key);
  }
  return waitSeconds;
}

const secondsLeft = async (redis: Redis, key: string) => Math.max(1, await redis.ttl(key));

const limitOf = (key: string) => (key.startsWith('throttle:source:') ? limits.source : limits.account);

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
