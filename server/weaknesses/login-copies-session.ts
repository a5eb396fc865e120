import type { Request } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { listSession } from '../app/routes/auth.ts';

/** A new id and everything that was there before, so that no basket is lost. The old record keeps all of it, too. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  const { cookie: _, ...before } = req.session;
  // The half of regenerate() that makes a new session, without the half that deletes the old one.
  req.sessionStore.generate(req);
  Object.assign(req.session, before);
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = shop.now();
  req.session.confirmedAt = shop.now();
  await listSession(shop, req, user);
}
