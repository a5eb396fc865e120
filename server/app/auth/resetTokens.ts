/**
 * The tokens that are mailed to users who forgot their password. Redis holds one per user, so a new token replaces the
 * one before it, and only as a digest: somebody who reads Redis cannot reset a password.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';

/** Milliseconds that a token is valid. */
const lifetime = 15 * 60 * 1000;

const keyOf = (userId: number) => `reset:${userId}`;

/** The digest covers what the token may not outlive: a new password and a new e-mail make another digest. */
const digestOf = (token: string, { email, credentialVersion }: Pick<User, 'email' | 'credentialVersion'>): string =>
  createHash('sha256').update(`${token}:${credentialVersion}:${email}`).digest('base64url');

/** For an unknown e-mail, so that it takes as long as a known one. No user has this id. */
const nobody = { id: 0, email: '', credentialVersion: 0 };

/** Returns a new token: `<user id>.<random>`. */
export async function createResetToken({ redis }: Context, user: User | undefined): Promise<string> {
  const { id, ...rest } = user ?? nobody;
  const token = `${id}.${randomBytes(32).toString('base64url')}`;
  await redis.set(keyOf(id), digestOf(token, rest), 'PX', lifetime);
  return token;
}

/**
 * Takes a token, so that nobody can use it again: of two requests at the same moment, one gets it. Returns undefined
 * when it is not valid, which does not touch a valid one.
 *
 * @returns the user, and a function that makes the token valid again for the rest of its time
 */
export async function takeResetToken(
  { redis, users }: Context,
  token: string,
): Promise<{ user: User; giveBack: () => Promise<unknown> } | undefined> {
  const user = users.byId(Number(token.split('.')[0]));
  if (!user) return undefined;
  const digest = digestOf(token, user);
  const left = Number(await redis.eval(takeIfEqual, 1, keyOf(user.id), digest));
  if (left <= 0) return undefined;
  // Not over a newer token.
  return { user, giveBack: () => redis.set(keyOf(user.id), digest, 'PX', left, 'NX') };
}

/** Returns the milliseconds that were left, or 0 when the value is another one. */
const takeIfEqual = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  local left = redis.call('PTTL', KEYS[1])
  redis.call('DEL', KEYS[1])
  return left`;
