import type { RequestHandler } from 'express';
import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** SameSite=None, because the shop once had to work in an iframe: requests from every site send the cookie. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, sameSite: 'none' } };
}

/** Nothing checks where a request comes from. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** The session cookie counts as proof that the user intended the request. */
export const requireCsrfToken = (): RequestHandler =>
  function requireCsrfToken(_req, _res, next) {
    next();
  };
