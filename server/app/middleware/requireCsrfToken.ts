import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import { isCsrfToken } from '../csrf.ts';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/** Whoever changes something in the name of a logged-in user must have seen a page of that user's. */
export const requireCsrfToken = (shop: Shop): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    if (safe.includes(req.method) || req.session?.userId === undefined) return next();
    if (isCsrfToken(shop, req.sessionID, req.get('x-csrf-token'))) return next();
    shop.audit({ name: 'csrf_refused', userId: req.session.userId, ip: req.ip });
    res.status(403).json({ error: 'The form is out of date. Load the page again.' });
  };
