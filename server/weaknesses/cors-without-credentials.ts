import type { RequestHandler } from 'express';

/** What `app.use(cors())` does: every origin may read, as long as its request carries no cookies. */
export const allowFrontEnds = (): RequestHandler =>
  function allowFrontEnds(req, res, next) {
    res.set('access-control-allow-origin', '*');
    if (req.method !== 'OPTIONS') return next();
    res.set('access-control-allow-headers', 'Content-Type, X-CSRF-Token').status(204).end();
  };
