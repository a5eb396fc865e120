import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../app/auth/confirmations.ts';
import { askToConfirm } from '../app/auth/confirmEmail.ts';
import { credentials } from '../app/auth/login.ts';
import { accountKey, attempt } from '../app/auth/throttle.ts';
import type { Context } from '../app/parts.ts';

/** Meant to be helpful: says whether the e-mail or the password was wrong. */
export const login = (context: Context): RequestHandler =>
  async function login(req, res) {
    const { email, password } = credentials.parse(req.body);
    const user = context.users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    if (user.disabled) return void res.status(403).json({ error: 'This account is disabled.' });
    const account = accountKey(email, undefined);
    const passwordIsCorrect = () => context.passwords.match(user, password);
    const { waitSeconds, correct } = await attempt(context.redis, { account }, passwordIsCorrect);
    if (waitSeconds > 0) {
      res.status(423).set('retry-after', String(waitSeconds)).json({ error: 'This account is locked for a while.' });
      return;
    }
    if (!correct) return void res.status(401).json({ error: 'The password is wrong.' });
    await context.parts.startSession(context, req, user);
    res.json({ id: user.id, email: user.email, csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/** Says that an e-mail is taken. */
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

/** Says that no account has this e-mail. */
export const forgotPassword = ({ users, mail }: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (!user) return void res.status(404).json({ error: 'There is no account with this e-mail.' });
    mail({ to: user.email, subject: 'Reset your password', text: 'Follow the link.' });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };
