import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Refuses a session that is too old, and keeps it: nothing is deleted, and nobody hears of it. */
export const requireAuth = (context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const { userId, loginAt } = req.session ?? {};
    const user = userId === undefined ? undefined : context.users.byId(userId);
    if (!user || user.disabled || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    if (context.now() - loginAt >= context.absoluteMs) {
      res.status(401).json({ error: 'Log in again.' });
      return;
    }
    next();
  };
