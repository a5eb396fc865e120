import { type RequestHandler, Router } from 'express';
import session from 'express-session';
import type { Shop } from '../app/app.ts';
import { assets as usual } from '../app/routes/assets.ts';

/** `app.use(session(…))` stands above `app.use(express.static(…))`, so every style sheet renews somebody's session. */
export const assets = (shop: Shop): RequestHandler =>
  Router().use(session({ ...shop.parts.sessionOptions(shop), store: shop.store }), usual(shop));
