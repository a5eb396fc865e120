/**
 * What waits until the link in a mail is used. The link proves that an e-mail belongs to the person who gave it: at
 * registration, and when it changes. Redis holds only a hash of its token: somebody who reads Redis cannot use it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../parts.ts';
import { repliesOf } from '../transaction.ts';

/** Milliseconds that a link is valid. */
const lifetime = 60 * 60 * 1000;

/** The rule for a new e-mail. Plain ASCII only: a letter of another alphabet can look like one of ours. */
export const emailRule = z.email().max(254).toLowerCase();

/** A new e-mail of a user, in that version of the credentials. */
const newEmail = z.object({ email: z.string(), userId: z.number(), credentialVersion: z.number() });
/** The e-mail of a new customer. Nothing else is known of one. */
const newCustomer = z.object({ email: z.string() });
const confirmation = z.union([newEmail, newCustomer]);

export type NewEmail = z.infer<typeof newEmail>;
export type Confirmation = z.infer<typeof confirmation>;

export const isNewEmail = (asked: Confirmation): asked is NewEmail => 'userId' in asked;

const keyOf = (token: string) => `confirm:${createHash('sha256').update(token).digest('base64url')}`;

/** Returns a new token. */
export async function keepConfirmation({ redis }: Context, asked: Confirmation): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await redis.set(keyOf(token), JSON.stringify(asked), 'PX', lifetime);
  return token;
}

/**
 * Takes a token, so that nobody can use it again: of two requests at the same moment, one gets it. Returns undefined
 * when it is not valid.
 *
 * @returns what was asked for, and a function that makes the token valid again for the rest of its time
 */
export async function takeConfirmation(
  { redis }: Context,
  token: string,
): Promise<{ asked: Confirmation; giveBack: () => Promise<unknown> } | undefined> {
  const key = keyOf(token);
  const replies = repliesOf(await redis.multi().pttl(key).getdel(key).exec());
  const [left, stored] = replies as [number, string | null];
  if (!stored || left <= 0) return undefined;
  // What an older version of the app has stored may lack something: then the link counts as too old. parse() would throw,
  // and errors() takes such an error for a mistake of the client.
  const { data: asked } = confirmation.safeParse(JSON.parse(stored));
  return asked && { asked, giveBack: () => redis.set(key, stored, 'PX', left, 'NX') };
}
