import type { Request, RequestHandler } from 'express';
import { startSession as usual } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

declare module 'express-session' {
  interface SessionData {
    /** The user's row, so that the pages need no database query. */
    user?: User;
    basket?: string[];
  }
}

/** Copies the whole user into the session, including the password hash. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await usual(context, req, user);
  req.session.user = user;
}

/** Keeps every item without a limit, in the session and in a cookie, which the pages can show without a request. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    req.session.basket = [...(req.session.basket ?? []), String(req.body.item)];
    res.cookie('basket', JSON.stringify(req.session.basket));
    res.json({ basket: req.session.basket });
  };
