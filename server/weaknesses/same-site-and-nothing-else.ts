import type { RequestHandler } from 'express';

/** SameSite is left to keep other sites out. A sibling subdomain is the same site. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** With SameSite=Lax, the developer thinks, a token has nothing left to do. */
export const requireCsrfToken = (): RequestHandler =>
  function requireCsrfToken(_req, _res, next) {
    next();
  };
