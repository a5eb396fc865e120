import type { Request, RequestHandler } from 'express';
import { me as usualMe } from '../app/account/account.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** Still logs the user in when the password is right. */
export async function awaitCode(context: Context, req: Request, user: User): Promise<void> {
  await context.parts.startSession(context, req, user);
  const { id: userId, credentialVersion } = user;
  req.session.pending = { userId, credentialVersion, passwordAt: context.now() };
  await save(req);
}

/** The account page, to which a login leads, refuses a session whose code is pending. No other route does. */
export const me = (context: Context): RequestHandler => {
  const proceed = usualMe(context);
  return function me(req, res, next) {
    if (req.session.pending === undefined) return proceed(req, res, next);
    res.status(401).json({ error: 'Type your code first.' });
  };
};
