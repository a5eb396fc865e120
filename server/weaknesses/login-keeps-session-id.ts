import type { Request } from 'express';
import type { Shop } from '../app/app.ts';
import type { User } from '../app/db.ts';
import { listSession } from '../app/routes/auth.ts';
import { save } from '../app/sessionCalls.ts';

/** What most tutorials do: the user is written into the session the request came with, under the id it came with. */
export async function startSession(shop: Shop, req: Request, user: User): Promise<void> {
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = shop.now();
  req.session.confirmedAt = shop.now();
  await save(req);
  await listSession(shop, req, user);
}
