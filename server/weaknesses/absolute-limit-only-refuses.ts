import type { RequestHandler } from 'express';
import { userOf } from '../app/middleware/requireAuth.ts';
import type { Context } from '../app/parts.ts';

/** Refuses a session that is too old, and keeps it: nothing is deleted, and nobody hears of it. */
export const requireAuth = (context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const { loginAt } = req.session ?? {};
    const user = userOf(context, req.session ?? {});
    if (!user || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    if (context.now() - loginAt >= context.absoluteMs) {
      res.status(401).json({ error: 'Log in again.' });
      return;
    }
    next();
  };
