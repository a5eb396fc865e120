import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';

/** A new id with everything from the old session, so that no basket is lost. The old record keeps it all too. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { cookie: _, ...before } = req.session;
  // The half of regenerate() that creates the new session, without the half that deletes the old one.
  req.sessionStore.generate(req);
  Object.assign(req.session, before);
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await addToIndex(context, req, user);
}
