import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';

/** Behind requireAuth, for what would cost the account: a cookie can be stolen, so the person is asked for. */
export const requireRecentPassword = ({ now, recent }: Shop): RequestHandler =>
  function requireRecentPassword(req, res, next) {
    const { confirmedAt } = req.session;
    if (confirmedAt !== undefined && now() - confirmedAt < recent) return next();
    res.status(403).json({ error: 'reauth_required' });
  };
