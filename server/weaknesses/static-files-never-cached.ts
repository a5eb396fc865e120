import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import type { Context } from '../app/parts.ts';
import { assets as usual } from '../app/shop/storefront.ts';

/** The style sheet still renews the session, but no cache may store it: everybody loads it from the app each time. */
export const assets = (context: Context): RequestHandler =>
  Router().use(
    session({ ...context.parts.sessionOptions(context), store: context.store }),
    (_req, res, next) => {
      res.set('cache-control', 'no-store');
      next();
    },
    usual(),
  );
