import type { RequestHandler } from 'express';
import type { User } from '../app/db.ts';
import { requireAuth as usual } from '../app/middleware/requireAuth.ts';
import type { Context } from '../app/parts.ts';

/** The session decides who may pass, and each request sets the variable anew: `app.locals.user`, for the templates. */
export const requireAuth = (context: Context): RequestHandler => {
  const guard = usual(context);
  return function requireAuth(req, res, next) {
    return guard(req, res, (error?: unknown) => {
      req.app.locals.user = context.users.byId(req.session.userId!);
      next(error);
    });
  };
};

/** While it counts the orders, another request sets the variable. */
export const me = (context: Context): RequestHandler =>
  async function me(req, res) {
    const orders = await context.redis.llen(`user:${req.session.userId}:orders`);
    const { id, email, role } = req.app.locals.user as User;
    res.json({ id, email, role, orders, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
