import type { Request, RequestHandler } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

declare module 'express-session' {
  interface SessionData {
    /** What the pages show of the user. */
    profile?: Omit<User, 'passwordHash'>;
    /** Every item that was ever put into the basket. */
    items?: string[];
  }
}

/** Copies the user into the session, except for the password hash. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  const { passwordHash: _, ...profile } = user;
  req.session.profile = profile;
}

/** No cookie holds the basket any more. The session still keeps every item, however long. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    req.session.items = [...(req.session.items ?? []), String(req.body.item)];
    res.json({ basket: req.session.items });
  };
