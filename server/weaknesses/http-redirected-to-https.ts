import { type RequestHandler, Router } from 'express';
import type { SessionOptions } from 'express-session';
import { routesWithoutSession as usualRoutes } from '../app/app.ts';
import type { Context } from '../app/parts.ts';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** The cookie still lacks Secure. */
export function sessionOptions(services: Services): SessionOptions {
  const { name: _, cookie, ...rest } = usual(services);
  return { ...rest, cookie: { ...cookie, secure: false } };
}

/** Sends every plain HTTP request on to HTTPS. The browser has sent the cookie by then, if the request gets here at all. */
export const routesWithoutSession = (context: Context): RequestHandler =>
  Router().use((req, res, next) => {
    if (req.secure) return next();
    res.redirect(308, `https://${req.host}${req.originalUrl}`);
  }, usualRoutes(context));
