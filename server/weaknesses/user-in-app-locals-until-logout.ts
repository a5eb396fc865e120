import type { Request, RequestHandler } from 'express';
import { startSession as usual, logout as usualLogout } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  req.app.locals.user = user;
}

export const requireAuth = (): RequestHandler =>
  function requireAuth(req, res, next) {
    if (req.app.locals.user) return next();
    res.status(401).json({ error: 'Log in first.' });
  };

export const me = (context: Context): RequestHandler =>
  function me(req, res) {
    const { id, email, role } = req.app.locals.user as User;
    res.json({ id, email, role, csrfToken: context.parts.csrfTokenFor(context, req) });
  };

/** The logout empties the variable. Until then it is still everybody's. */
export const logout = (context: Context): RequestHandler => {
  const proceed = usualLogout(context);
  return function logout(req, res, next) {
    delete req.app.locals.user;
    return proceed(req, res, next);
  };
};
