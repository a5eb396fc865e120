import type { Request } from 'express';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** Logs the user in when the password is right. That a code is pending stands beside it, and only the page looks at it. */
export async function awaitCode(context: Context, req: Request, user: User): Promise<void> {
  await context.parts.startSession(context, req, user);
  const { id: userId, credentialVersion } = user;
  req.session.pending = { userId, credentialVersion, passwordAt: context.now() };
  await save(req);
}
