/** A mail with a link proves that an e-mail belongs to the person who gave it: at registration, and when it changes. */
import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';

/** Milliseconds that a link is valid. */
const lifetime = 60 * 60 * 1000;

/** The rule for a new e-mail. Plain ASCII only: a letter of another alphabet can look like one of ours. */
export const emailRule = z.email().max(254).toLowerCase();

/** A new e-mail of a user, in that version of the credentials. */
const newEmail = z.object({ email: z.string(), userId: z.number(), credentialVersion: z.number() });
/** A new customer. The hash of the password stays in the database: it has no business in Redis. */
const newCustomer = z.object({ email: z.string(), registration: z.string() });
const confirmation = z.union([newCustomer, newEmail]);

/** What a link confirms: a new customer, or a new e-mail of a user. */
type Asked = { email: string; passwordHash: string } | z.infer<typeof newEmail>;

/** Returns the key of a token in Redis. It holds only a hash: somebody who reads Redis cannot use the link. */
export const confirmationKey = (token: string) => `confirm:${createHash('sha256').update(token).digest('base64url')}`;

/** Sends a link to an e-mail that nobody has. Its owner gets another mail if somebody has it. Both take equally long. */
export async function askToConfirm({ redis, users, mail }: Context, asked: Asked): Promise<void> {
  const { email } = asked;
  // Nobody's mailbox can be filled. The answer does not tell that this mail is not sent.
  if ((await secondsOverLimit(redis, 'mail', email)) > 0) return;
  const token = randomBytes(32).toString('base64url');
  const kept: z.infer<typeof confirmation> =
    'userId' in asked ? asked : { email, registration: users.keepRegistration(asked.passwordHash) };
  // Store a token for an e-mail that is taken too. Nobody receives it, and it expires.
  await redis.set(confirmationKey(token), JSON.stringify(kept), 'PX', lifetime);
  mail(
    users.byEmail(email)
      ? { to: email, subject: 'You have an account already', text: 'Somebody tried to use your e-mail for an account.' }
      : { to: email, subject: 'Confirm your e-mail', text: token },
  );
}

/** POST /auth/confirm-email { token }. The page behind the link sends it: programs that scan mails open links with GET. */
export const confirmEmail = ({ redis, users, mail, events }: Context): RequestHandler =>
  async function confirmEmail(req, res) {
    const { token } = z.object({ token: z.string() }).parse(req.body);
    // One command reads and deletes the token, so that two requests at the same moment cannot both use it.
    const stored = await redis.getdel(confirmationKey(token));
    const asked = stored === null ? undefined : confirmation.parse(JSON.parse(stored));
    const oldEmail = asked && 'userId' in asked ? users.byId(asked.userId)?.email : undefined;
    const done =
      asked &&
      ('userId' in asked
        ? users.changeEmail(asked.userId, asked.email, asked.credentialVersion)
        : users.addRegistered(asked.registration, asked.email));
    if (!done) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    if (oldEmail !== undefined) {
      void events.publish({ userId: done.id, name: 'email_changed', data: { email: done.email } });
      mail({
        to: oldEmail,
        subject: 'Your e-mail was changed',
        text: `It is ${done.email} now. If that was not you, tell us.`,
      });
    }
    // Do not log the user in: a session starts with a password, never with a mail.
    res.status(204).end();
  };
