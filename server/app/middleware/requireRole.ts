import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import type { Role } from '../db.ts';

/** Behind requireAuth. The role is read from the database, not from the session: a demotion counts from the next request on. */
export const requireRole =
  (role: Role) =>
  ({ users }: Shop): RequestHandler =>
    function requireRole(req, res, next) {
      if (users.byId(req.session.userId!)?.role === role) return next();
      res.status(403).json({ error: 'This is not for you.' });
    };
