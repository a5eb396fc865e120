import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import { routesWithoutSession as usual } from '../app/app.ts';
import type { Context } from '../app/parts.ts';

/** The answer to the page's timer carries no cookie. The session middleware renews the record all the same. */
export const routesWithoutSession = (context: Context): RequestHandler => {
  const options = { ...context.parts.sessionOptions(context), store: context.store, rolling: false };
  return Router().use('/session/left', session(options)).use(usual(context));
};
