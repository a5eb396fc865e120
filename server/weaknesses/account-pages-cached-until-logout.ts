import type { RequestHandler } from 'express';

/** Every cache may store the page. The logout clears one of them: that of the browser which logs out. */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'public, max-age=300');
    next();
  };
