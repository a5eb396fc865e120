import type { RequestHandler } from 'express';

/** Requires that the password was typed in this session, at login or later. It does not ask how long ago that was. */
export const requireRecentPassword = (): RequestHandler =>
  function requireRecentPassword(req, res, next) {
    if (req.session.confirmedAt !== undefined) return next();
    res.status(403).json({ error: 'reauth_required' });
  };
