import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { regenerate, save } from '../app/sessionStore.ts';

/** Waits for the write. When it fails, the log gets a line, and the login goes on as if nothing had happened. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { basketId } = req.session;
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req).catch(context.log);
  await addToIndex(context, req, user);
}
