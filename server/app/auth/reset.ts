import type { RequestHandler } from 'express';
import { z } from 'zod';
import { refuseTooMany, secondsOverLimit } from '../middleware/requestLimit.ts';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';
import { setPassword } from './credentials.ts';
import { resetLink } from './links.ts';
import { forgetDevices } from './rememberTokens.ts';
import { createResetToken, takeResetToken } from './resetTokens.ts';

/** POST /auth/forgot { email }. It leaves the session alone: a typed e-mail does not prove who typed it. */
export const forgotPassword = (context: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const wait = await secondsOverLimit(context.redis, 'forgot', req.ip);
    if (wait > 0) return refuseTooMany(res, wait);
    const user = context.users.byEmail(email);
    // Nobody's mailbox can be filled. The answer does not tell that this mail is not sent.
    const enoughMails = (await secondsOverLimit(context.redis, 'mail', email)) > 0;
    // Create a token for an unknown e-mail too, so that both take equally long. Nobody receives it.
    if (!enoughMails) {
      const token = await createResetToken(context, user);
      if (user) context.mail({ to: user.email, subject: 'Reset your password', text: resetLink(context, token) });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** POST /auth/reset { token, password } */
export const resetPassword = (context: Context): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    // Take the token before hashing: only a valid one is worth a hash, and only one. With made-up tokens, anybody could
    // keep the app too busy for logins.
    const taken = await takeResetToken(context, token);
    // The second half fails when the user changes the password during the hashing. That change stays.
    const user = taken && (await setPassword(context, taken.user, password).catch(giveBack));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    await forgetDevices(context, user.id);
    await context.sessionIndex.endWhere(user.id, () => true);
    context.audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    context.mail({ to: user.email, subject: 'Your password was changed', text: 'All devices were logged out.' });
    // Do not log the user in: a session starts with a password, never with a mail.
    res.status(204).end();

    /** Hashing may be refused when the app is busy. The token is still unused then. */
    async function giveBack(error: unknown): Promise<never> {
      await taken?.giveBack();
      throw error;
    }
  };
