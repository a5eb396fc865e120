import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { setPassword } from '../app/auth/credentials.ts';
import { resetLink } from '../app/auth/links.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

const oneDay = 24 * 60 * 60 * 1000;
const keyOf = (token: string) => `reset:${createHash('sha256').update(token).digest('base64url')}`;

/** The link names the shop, and nothing from the request. Each mail has a token of its own, for a day. */
export const forgotPassword = (context: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = context.users.byEmail(email);
    if (user) {
      const token = randomBytes(32).toString('base64url');
      await context.redis.set(keyOf(token), user.id, 'PX', oneDay);
      context.mail({ to: user.email, subject: 'Reset your password', text: resetLink(context, token) });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** The token works once, and every session ends. The tokens of the other mails stay valid. */
export const resetPassword = (context: Context): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    const row = context.users.byId(Number(await context.redis.getdel(keyOf(token))));
    const user = row && (await setPassword(context, row, password));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    await context.sessionIndex.endWhere(user.id, () => true);
    context.mail({ to: user.email, subject: 'Your password was changed', text: 'All devices were logged out.' });
    res.status(204).end();
  };
