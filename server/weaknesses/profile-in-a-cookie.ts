import type { Request } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { startSession as usual } from '../app/routes/auth.ts';

const oneYear = 365 * 24 * 60 * 60 * 1000;

/** So that the pages can greet the user without asking the server, what they need goes into a cookie of its own. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  await usual(shop, req, user);
  const { email, role } = user;
  req.res!.cookie('profile', { email, role }, { maxAge: oneYear });
}
