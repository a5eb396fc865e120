import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** What most tutorials do: they write the user into the session of the request, and keep its id. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.credentialVersion = user.credentialVersion;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  await addToIndex(context, req, user);
}
