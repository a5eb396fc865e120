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

/** The old record stays for requests that are still running. Nobody is logged in with it. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { basketId } = req.session;
  // The half of regenerate() that creates the new session, without the half that deletes the old one.
  req.sessionStore.generate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  await save(req);
  await addToIndex(context, req, user);
}
