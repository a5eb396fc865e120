import type { Request, RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { startSession as usual } from '../app/routes/auth.ts';

declare module 'express-session' {
  interface SessionData {
    /** The user's row, so that the pages need not ask the database. */
    user?: User;
    /** All that was ever put into the basket. */
    history?: string[];
  }
}

/** The whole user is copied into the session, the password's hash included. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  await usual(shop, req, user);
  req.session.user = user;
}

/** Whatever is sent is kept, however much and however often; and once more in a cookie, for the pages to show without asking. */
export const addToBasket = (): RequestHandler =>
  function addToBasket(req, res) {
    req.session.history = [...(req.session.history ?? []), String(req.body.item)];
    res.cookie('basket', JSON.stringify(req.session.history));
    res.json({ basket: req.session.history });
  };
