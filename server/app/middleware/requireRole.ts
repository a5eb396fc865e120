import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import type { Role } from '../db.ts';

/**
 * Behind requireAuth. The session must have been made for the role, so that a stolen one is not promoted together with its
 * user; and the user must have it now, so that a demotion counts from the next request on.
 */
export const requireRole =
  (role: Role) =>
  ({ users, audit }: Shop): RequestHandler =>
    function requireRole(req, res, next) {
      if (req.session.role === role && users.byId(req.session.userId!)?.role === role) return next();
      audit({ name: 'authz_fail', userId: req.session.userId!, ip: req.ip });
      res.status(403).json({ error: 'This is not for you.' });
    };
