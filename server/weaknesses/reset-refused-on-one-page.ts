import type { RequestHandler } from 'express';
import { z } from 'zod';
import { me as usualMe } from '../app/account/account.ts';
import { resetLink } from '../app/auth/links.ts';
import { createResetToken } from '../app/auth/resetTokens.ts';
import type { Context } from '../app/parts.ts';

/** Still keeps the user of the form in the field that says who is logged in. */
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

export const requireAuth = (_context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session.userId) return next();
    res.status(401).json({ error: 'Log in first.' });
  };

/** The account page, where the mistake was found, also requires the time of a login. No other page does. */
export const me = (context: Context): RequestHandler => {
  const proceed = usualMe(context);
  return function me(req, res, next) {
    if (req.session.loginAt !== undefined) return proceed(req, res, next);
    res.status(401).json({ error: 'Log in first.' });
  };
};
