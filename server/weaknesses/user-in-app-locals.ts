import type { Request, RequestHandler } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

/** Keeps the user at hand for every page and template, as a variable of the module would. The app has one of them. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  req.app.locals.user = user;
}

/** Somebody has logged in. */
export const requireAuth = (): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.app.locals.user) return next();
    res.status(401).json({ error: 'Log in first.' });
  };

/** Shows the account of the user who logged in last. */
export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const { id, email, role } = req.app.locals.user as User;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };
