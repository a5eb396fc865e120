import type { RequestHandler } from 'express';

/** The shop has https, but nothing tells browsers to begin with it. */
export const strictTransportSecurity = (): RequestHandler =>
  function strictTransportSecurity(_req, _res, next) {
    next();
  };
