import type { RequestHandler } from 'express';
import type { Store } from 'express-session';
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

/** Refuses every request without a login, and does not ask why it has none. */
export const requireAuth = (_context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.session?.userId) return next();
    res.status(401).json({ error: 'Log in first.' });
  };
