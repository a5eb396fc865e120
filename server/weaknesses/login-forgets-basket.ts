import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { regenerate, save } from '../app/sessionStore.ts';

/** A new session with nothing from the old one: the basket of a visitor is lost at login. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  await regenerate(req);
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  await addToIndex(context, req, user);
}
