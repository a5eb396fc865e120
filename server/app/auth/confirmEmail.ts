import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { User } from '../db.ts';
import { secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';
import { type Confirmation, isNewEmail, keepConfirmation, type NewEmail, takeConfirmation } from './confirmations.ts';
import { confirmLink } from './links.ts';

/** Sends a link to an e-mail that nobody has. Its owner gets another mail if somebody has it. Both take equally long. */
export async function askToConfirm(context: Context, asked: Confirmation): Promise<void> {
  const { redis, users, mail } = context;
  const { email } = asked;
  // Nobody's mailbox can be filled. The answer does not tell that this mail is not sent.
  if ((await secondsOverLimit(redis, 'mail', email)) > 0) return;
  // Store a token for an e-mail that is taken too. Nobody receives it, and it expires.
  const token = await keepConfirmation(context, asked);
  const subject = isNewEmail(asked) ? 'Confirm your new e-mail' : 'Finish your registration';
  mail(
    users.byEmail(email)
      ? { to: email, subject: 'You have an account already', text: 'Somebody tried to use your e-mail for an account.' }
      : { to: email, subject, text: confirmLink(context, token) },
  );
}

/**
 * POST /auth/confirm-email { token, password? }. The page behind the link sends it: programs that scan mails open links
 * with GET. A new customer chooses the password there.
 */
export const confirmEmail = (context: Context): RequestHandler =>
  async function confirmEmail(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule.optional() }).parse(req.body);
    // Take the token before hashing: only a valid one is worth a hash, and only one.
    const taken = await takeConfirmation(context, token);
    const user = taken && (await carryOut(taken.asked).catch(giveBack));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    context.audit({ name: isNewEmail(taken.asked) ? 'user_updated' : 'user_created', userId: user.id, ip: req.ip });
    // Do not log the user in: a session starts with a password, never with a mail.
    res.status(204).end();

    async function carryOut(asked: Confirmation): Promise<User | undefined> {
      return isNewEmail(asked) ? changeEmail(context, asked) : addCustomer(context, asked.email, password);
    }

    /** The password may be missing, or the app too busy to hash it. The token is still unused then. */
    async function giveBack(error: unknown): Promise<never> {
      await taken?.giveBack();
      throw error;
    }
  };

/** @throws ZodError when the password is missing */
async function addCustomer({ users, passwords }: Context, email: string, password?: string): Promise<User | undefined> {
  const accepted = z.object({ password: passwordRule }).parse({ password });
  return users.add(email, await passwords.hash(accepted.password));
}

function changeEmail(
  { users, mail, events }: Context,
  { userId, email, credentialVersion }: NewEmail,
): User | undefined {
  const old = users.byId(userId)?.email;
  const changed = users.changeEmail(userId, email, credentialVersion);
  if (changed && old !== undefined) {
    const text = `It is ${email} now. If that was not you, tell us.`;
    mail({ to: old, subject: 'Your e-mail was changed', text });
    void events.publish({ userId, name: 'email_changed', data: { email } });
  }
  return changed;
}
