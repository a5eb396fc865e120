import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { regenerate } from '../app/sessionStore.ts';

/** A new id without save(): express-session writes the record at the end of the response, after sending its headers. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { basketId } = req.session;
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await addToIndex(context, req, user);
}
