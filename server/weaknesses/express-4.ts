import type { RequestHandler } from 'express';
import express4 from 'express4';
import type { Shop } from '../app/app.ts';
import { forgotPassword as usual } from '../app/routes/reset.ts';

/** The same app on Express 4, which calls an async handler and looks at nothing it returns: a rejection is nobody's. */
export const framework = express4;

/** What Express 4 needs around every async handler. Here one has been wrapped, and the others forgotten. */
const forwarded =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

export const forgotPassword = (shop: Shop): RequestHandler => forwarded(usual(shop));
