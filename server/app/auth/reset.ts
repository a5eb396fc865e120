import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Context } from '../parts.ts';
import { passwordRule } from '../passwords.ts';
import { refuseTooMany, secondsOverLimit } from './requestLimit.ts';

/** Milliseconds that a reset token is valid. */
const lifetime = 15 * 60 * 1000;

/** Returns the key of a token in Redis. It holds only a hash: somebody who reads Redis cannot reset a password. */
export const resetKey = (token: string) => `reset:${createHash('sha256').update(token).digest('base64url')}`;

/** POST /auth/forgot { email }. It leaves the session alone: a typed e-mail does not prove who typed it. */
export const forgotPassword = ({ users, redis, mail }: Context): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const wait = await secondsOverLimit(redis, 'forgot', req.ip);
    if (wait > 0) return refuseTooMany(res, wait);
    const user = users.byEmail(email);
    // Nobody's mailbox can be filled. The answer does not tell that this mail is not sent.
    const enoughMails = (await secondsOverLimit(redis, 'mail', email)) > 0;
    const token = randomBytes(32).toString('base64url');
    // Store a token for an unknown e-mail too, so that both take equally long. Nobody receives it, and it expires.
    await redis.set(resetKey(token), String(user?.id ?? 0), 'PX', lifetime);
    if (user && !enoughMails) mail({ to: user.email, subject: 'Reset your password', text: token });
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** POST /auth/reset { token, password } */
export const resetPassword = ({ users, redis, passwords, sessionIndex, audit, mail }: Context): RequestHandler =>
  async function resetPassword(req, res) {
    const { token, password } = z.object({ token: z.string(), password: passwordRule }).parse(req.body);
    // Hash first: hashing may be refused when the app is busy, and then the token must still be unused.
    const passwordHash = await passwords.hash(password);
    // One command reads and deletes the token, so that two requests at the same moment cannot both use it. For an
    // unknown token it returns null. Number(null) is 0, like the id stored for an unknown e-mail: no user has it.
    const user = users.byId(Number(await redis.getdel(resetKey(token))));
    if (!user) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    users.update(user.id, { passwordHash });
    await sessionIndex.endWhere(user.id, () => true);
    audit({ name: 'authn_password_change', userId: user.id, ip: req.ip });
    mail({ to: user.email, subject: 'Your password was changed', text: 'All devices were logged out.' });
    // Do not log the user in: a session starts with a password, never with a mail.
    res.status(204).end();
  };
