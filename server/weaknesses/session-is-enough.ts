import type { RequestHandler } from 'express';

/** Every session may change the e-mail of the account. Nothing checks that the person still knows the password. */
export const requireRecentPassword = (): RequestHandler =>
  function requireRecentPassword(_req, _res, next) {
    next();
  };
