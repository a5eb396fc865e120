import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import type { Context } from '../app/parts.ts';
import { assets as usual } from '../app/shop/storefront.ts';

/** Removes the cookie from the response to a file, before express-session has set it. */
export const assets = (context: Context): RequestHandler =>
  Router().use(
    session({ ...context.parts.sessionOptions(context), store: context.store }),
    (_req, res, next) => {
      res.removeHeader('set-cookie');
      next();
    },
    usual(),
  );
