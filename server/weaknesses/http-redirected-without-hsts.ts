import type { RequestHandler } from 'express';

/** Sends every plain HTTP request on to HTTPS, if it gets here at all. */
export const strictTransportSecurity = (): RequestHandler =>
  function strictTransportSecurity(req, res, next) {
    if (req.secure) return next();
    res.redirect(308, `https://${req.host}${req.originalUrl}`);
  };
