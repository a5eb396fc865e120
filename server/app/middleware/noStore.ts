import type { RequestHandler } from 'express';

/**
 * What belongs to one user is kept by no cache: not by a proxy, who would give it to the next one, and not by the browser, where
 * the Back button would show it after the logout.
 */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'no-store');
    next();
  };
