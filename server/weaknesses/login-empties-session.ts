import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** Nothing that was in the session before the login is left in it. Its id is. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { cookie: _, ...before } = req.session;
  for (const name of Object.keys(before)) delete req.session[name as keyof typeof before];
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  await addToIndex(context, req, user);
}
