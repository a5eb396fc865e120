import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';

/** express-session as it comes: the idle limit is the only one, and each request starts it anew. */
export const requireAuth = ({ users }: Shop): RequestHandler =>
  function requireAuth(req, res, next) {
    const { userId } = req.session ?? {};
    const user = userId === undefined ? undefined : users.byId(userId);
    if (!user || user.disabled) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    next();
  };
