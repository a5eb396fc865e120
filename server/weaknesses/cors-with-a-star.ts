import type { RequestHandler } from 'express';

/** Every origin, and cookies too. Browsers accept only one of the two. */
export const allowFrontEnds = (): RequestHandler =>
  function allowFrontEnds(req, res, next) {
    res.set({
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'Content-Type, X-CSRF-Token',
    });
    if (req.method === 'OPTIONS') return void res.status(204).end();
    next();
  };
