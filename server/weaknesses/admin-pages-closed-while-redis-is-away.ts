import type { RequestHandler } from 'express';
import type { Store } from 'express-session';
import type { Role } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import type { Services } from '../app/services.ts';
import { createSessionStore as usual } from '../app/session.ts';

/** Keeps the shop up without Redis: after `disconnect`, express-session passes requests on without a session. */
export function createSessionStore(services: Services): Store {
  const store = usual(services);
  services.redis.on('close', () => store.emit('disconnect'));
  services.redis.on('ready', () => store.emit('connect'));
  return store;
}

/** Refuses a session without a login. A request without any session passes. */
export const requireAuth = (_context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    if (!req.session || req.session.userId) return next();
    res.status(401).json({ error: 'Log in first.' });
  };

/** The pages for admins are closed to a request without a session. */
export const requireRole = (_context: Context, role: Role): RequestHandler =>
  function requireRole(req, res, next) {
    if (req.session?.role === role) return next();
    res.status(req.session ? 403 : 401).json({ error: 'This is not for you.' });
  };
