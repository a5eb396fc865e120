import type { Request, RequestHandler } from 'express';
import { startSession as startUsual, logout as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

const name = 'profile';
const attributes = { secure: true, sameSite: 'lax' } as const;

/** The cookie with the profile lives as long as the browser is open, and the logout clears it. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await startUsual(context, req, user);
  const { email, role } = user;
  req.res!.cookie(name, { email, role }, attributes);
}

export const logout = (context: Context): RequestHandler => {
  const usualLogout = usual(context);
  return function logout(req, res, next) {
    res.clearCookie(name, attributes);
    return usualLogout(req, res, next);
  };
};
