import type { RequestHandler } from 'express';
import { userOf } from '../app/middleware/requireAuth.ts';
import type { Context } from '../app/parts.ts';

/** express-session without additions: the idle limit is the only one, and every request renews it. */
export const requireAuth = (context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    if (!userOf(context, req.session ?? {})) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    next();
  };
