import type { Request } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

const oneYear = 365 * 24 * 60 * 60 * 1000;

/** Puts the profile into a cookie of its own, so that the pages can greet the user without a request. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  const { email, role } = user;
  req.res!.cookie('profile', { email, role }, { maxAge: oneYear });
}
