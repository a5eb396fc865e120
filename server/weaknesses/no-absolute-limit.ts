import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** express-session without additions: the idle limit is the only one, and every request renews it. */
export const requireAuth = ({ users }: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const { userId } = req.session ?? {};
    const user = userId === undefined ? undefined : users.byId(userId);
    if (!user || user.disabled) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    next();
  };
