import { type Request, type RequestHandler, Router } from 'express';
import session from 'express-session';
import { routesWithoutSession as usual } from '../app/app.ts';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { save } from '../app/sessionStore.ts';

/** Every route reads and renews the session, needed or not. */
export const routesWithoutSession = (context: Context): RequestHandler =>
  Router().use(session({ ...context.parts.sessionOptions(context), store: context.store }), usual(context));

/** Without a new id a late cookie does no harm. But somebody who knew the id before the login is logged in with it. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  await addToIndex(context, req, user);
}
