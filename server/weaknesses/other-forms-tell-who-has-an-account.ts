import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../app/auth/confirmations.ts';
import { askToConfirm } from '../app/auth/confirmEmail.ts';
import type { Context } from '../app/parts.ts';

/** The login reveals nothing any more. The registration still says that an e-mail is taken. */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { email } = z.object({ email: emailRule }).parse(req.body);
    if (context.users.byEmail(email)) {
      res.status(409).json({ error: 'There is an account with this e-mail already.' });
      return;
    }
    await askToConfirm(context, { email });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };

/** So does the form for a forgotten password. */
export const forgotPassword = ({ users, mail }: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    mail({ to: user.email, subject: 'Reset your password', text: 'Follow the link.' });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
