import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import { routesWithoutSession as usual } from '../app/app.ts';
import type { Context } from '../app/parts.ts';

/** `app.use(session(…))` is the first line of the app: every route reads and renews the session, needed or not. */
export const routesWithoutSession = (context: Context): RequestHandler =>
  Router().use(session({ ...context.parts.sessionOptions(context), store: context.store }), usual(context));
