import type { RequestHandler } from 'express';
import { z } from 'zod';
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

/** Looks the user up, and refuses one who does not exist or is disabled. It does not ask who named the user. */
export const requireAuth = ({ users }: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const user = users.byId(req.session.userId ?? 0);
    if (user && !user.disabled) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
