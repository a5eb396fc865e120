import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** The user is written into the old session first. Then all of it moves to a new id, and the old record stays. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  const { cookie: _, ...everything } = req.session;
  req.sessionStore.generate(req);
  Object.assign(req.session, everything);
  await save(req);
  await addToIndex(context, req, user);
}
