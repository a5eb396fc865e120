import type { RequestHandler } from 'express';
import { requireRecentPassword as usual } from '../app/auth/reauthenticate.ts';
import type { Context } from '../app/parts.ts';

/** Trusts a session that began with a second factor until it ends. Only users without one are asked for the password again. */
export const requireRecentPassword = (context: Context): RequestHandler => {
  const askAgain = usual(context);
  return function requireRecentPassword(req, res, next) {
    if (context.users.byId(req.session.userId!)?.totpSecret !== undefined) return next();
    return askAgain(req, res, next);
  };
};
