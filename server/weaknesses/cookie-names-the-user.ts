import type { Request, RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { startSession as usual } from '../app/routes/auth.ts';

/** Remembers who logged in where the pages can read it, too. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  await usual(shop, req, user);
  req.res!.cookie('userId', user.id);
}

/** The session says that somebody is logged in; who that is, is taken from a cookie that anybody can write. */
export const me = (shop: Shop): RequestHandler =>
  function me(req, res) {
    const userId = /\buserId=(\d+)/.exec(req.get('cookie') ?? '')?.[1];
    const user = shop.users.byId(Number(userId));
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    const { id, email, role } = user;
    res.json({ id, email, role, csrfToken: shop.parts.csrfTokenFor(shop, req) });
  };
