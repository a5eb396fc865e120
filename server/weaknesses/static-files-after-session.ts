import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import type { Context } from '../app/parts.ts';
import { assets as usual } from '../app/shop/storefront.ts';

/** `app.use(session(…))` is above `app.use(express.static(…))`, so every style sheet renews the visitor's session. */
export const assets = (context: Context): RequestHandler =>
  Router().use(session({ ...context.parts.sessionOptions(context), store: context.store }), usual());
