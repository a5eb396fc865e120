import express, { type RequestHandler, Router } from 'express';
import type { SessionOptions } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** SameSite=Strict withholds the cookie from requests of other sites. A forged login needs no cookie. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, sameSite: 'strict' } };
}

/** The developer thinks that other sites have nothing to send without the cookie. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** Plain HTML forms count like JSON, so that the login works without a script. */
export const readBody = (): RequestHandler => Router().use(express.json(), express.urlencoded({ extended: false }));
