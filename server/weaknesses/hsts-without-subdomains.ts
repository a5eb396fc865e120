import type { RequestHandler } from 'express';

/** The shortest form of the header. It counts for this host alone. */
export const strictTransportSecurity = (): RequestHandler =>
  function strictTransportSecurity(req, res, next) {
    if (req.secure) res.set('strict-transport-security', 'max-age=31536000');
    next();
  };
