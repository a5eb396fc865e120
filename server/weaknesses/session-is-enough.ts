import type { RequestHandler } from 'express';

/** Whoever is logged in may change what the account hangs on; nobody asks who sits there now. */
export const requireRecentPassword = (): RequestHandler =>
  function requireRecentPassword(_req, _res, next) {
    next();
  };
