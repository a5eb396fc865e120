import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app.ts';
import { passwordRule } from './account.ts';

/** Milliseconds a reset mail is good for. */
const lifetime = 15 * 60 * 1000;

/** Only a hash is stored: whoever reads Redis cannot reset anybody's password. */
export const resetKey = (token: string) => `reset:${createHash('sha256').update(token).digest('base64url')}`;

/** POST /auth/forgot { email }. Nothing goes into the session: a name typed into this form proves nothing about who typed it. */
export const forgotPassword = ({ users, redis, mail }: Shop): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    const token = randomBytes(32).toString('base64url');
    // Stored in either case, so that both take as long; the token nobody gets ends by its time to live.
    await redis.set(resetKey(token), String(user?.id ?? 0), 'PX', lifetime);
    if (user) mail({ to: user.email, subject: 'Reset your password', text: token });
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** POST /auth/reset { token, password } */
export const resetPassword = ({ users, redis, passwords, sessions, audit, mail }: Shop): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    // First, because it may be refused while the shop is busy, and the token would be used up for nothing.
    const passwordHash = await passwords.hash(password);
    // Read and deleted in one step, so a token is used once even by two requests at the same moment.
    const user = users.byId(Number(await redis.getdel(resetKey(token))));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    users.update(user.id, { passwordHash });
    await sessions.endWhere(user.id, () => true);
    audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    mail({ to: user.email, subject: 'Your password was changed', text: 'All devices were logged out.' });
    // Not logged in by it: a mail that is read by somebody else must not open the account without the new password.
    res.status(204).end();
  };
