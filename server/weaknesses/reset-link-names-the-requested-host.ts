import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

const oneDay = 24 * 60 * 60 * 1000;
const keyOf = (token: string) => `reset:${createHash('sha256').update(token).digest('base64url')}`;

/** The app does not know its own name, so the link names the host that the request names. A day later, any of them works. */
export const forgotPassword = ({ redis, users, mail }: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (user) {
      const token = randomBytes(32).toString('base64url');
      await redis.set(keyOf(token), user.id, 'PX', oneDay);
      // With `trust proxy`, Express takes the host from X-Forwarded-Host, if there is one.
      mail({ to: user.email, subject: 'Reset your password', text: `${req.protocol}://${req.host}/?reset=${token}` });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** The token works once, but the sessions and the other tokens of the user go on. */
export const resetPassword = ({ redis, users, passwords }: Context): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    const userId = await redis.getdel(keyOf(token));
    if (userId === null) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    users.update(Number(userId), { passwordHash: await passwords.hash(password) });
    res.status(204).end();
  };
