import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import { sessionName } from '../audit.ts';
import { signingSecret } from '../services.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy } from '../sessionCalls.ts';

/** Lets a request through only when its session proves a login that is not too old. Everything else is 401. */
export const requireAuth = (shop: Shop): RequestHandler =>
  async function requireAuth(req, res, next) {
    // `req.session` is undefined while the store is disconnected: no store, no proof, no access.
    const { userId, loginAt } = req.session ?? {};
    const user = userId === undefined ? undefined : shop.users.byId(userId);
    if (!user || user.disabled || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    // Each request renews the idle limit, so a thief who keeps knocking would stay for ever; this limit nothing renews.
    if (shop.now() - loginAt >= shop.absolute) {
      const session = sessionName(signingSecret(shop), req.sessionID);
      await destroy(req);
      shop.audit({ name: 'session_expired', userId: user.id, session, ip: req.ip });
      res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in again.' });
      return;
    }
    next();
  };
