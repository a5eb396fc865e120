import type { Request } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { listSession } from '../app/routes/auth.ts';
import { regenerate } from '../app/sessionCalls.ts';

/** A new id, but no save(): express-session stores the record when the answer ends, and by then its headers are gone. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  const { basketId } = req.session;
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = shop.now();
  req.session.confirmedAt = shop.now();
  await listSession(shop, req, user);
}
