import type { RequestHandler } from 'express';
import { requireAuth as usual } from '../app/middleware/requireAuth.ts';
import type { Context } from '../app/parts.ts';

/** Refuses a session in another browser than the one that logged in. It tells browsers apart by their User-Agent. */
export const requireAuth = (context: Context): RequestHandler => {
  const proceed = usual(context);
  return async function requireAuth(req, res, next) {
    const { userId } = req.session;
    const own = userId === undefined ? [] : await context.sessionIndex.list(userId);
    const session = own.find(({ sid }) => sid === req.sessionID);
    if (!session || session.device === req.get('user-agent')) return proceed(req, res, next);
    res.status(401).json({ error: 'Log in again.' });
  };
};

/** In its own browser, a session may do everything until it ends. */
export const requireRecentPassword = (): RequestHandler =>
  function requireRecentPassword(_req, _res, next) {
    next();
  };
