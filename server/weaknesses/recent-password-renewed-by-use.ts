import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Each sensitive change counts as if the password had been typed with it, and opens the window anew. */
export const requireRecentPassword = ({ now, recentPasswordMs }: Context): RequestHandler =>
  function requireRecentPassword(req, res, next) {
    const { confirmedAt } = req.session;
    if (confirmedAt === undefined || now() - confirmedAt >= recentPasswordMs) {
      res.status(403).json({ error: 'reauth_required' });
      return;
    }
    req.session.confirmedAt = now();
    next();
  };
