import type { RequestHandler } from 'express';
import { z } from 'zod';
import { resetLink } from '../app/auth/links.ts';
import { createResetToken } from '../app/auth/resetTokens.ts';
import type { Context } from '../app/parts.ts';

/** Keeps the user of the first form in the session for the second form, in the field that says who is logged in. */
export const forgotPassword = (context: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = context.users.byEmail(email);
    if (user) {
      req.session.userId = user.id;
      const token = await createResetToken(context, user);
      context.mail({ to: user.email, subject: 'Reset your password', text: resetLink(context, token) });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** Takes every session with a user in it for a login, although the reset form writes that field too. */
export const requireAuth = (_context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session.userId) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
