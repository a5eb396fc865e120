import type { RequestHandler } from 'express';
import { logNameOf } from '../audit.ts';
import type { Role } from '../db.ts';
import type { Context } from '../parts.ts';
import { signingSecret } from '../services.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy } from '../sessionStore.ts';

/** Lets a request through only when its session proves a login that is not too old. Otherwise it answers 401. */
export const requireAuth = (context: Context): RequestHandler =>
  async function requireAuth(req, res, next) {
    // `req.session` is undefined while the store is disconnected. Then nothing proves a login.
    const { userId, loginAt } = req.session ?? {};
    const user = userId === undefined ? undefined : context.users.byId(userId);
    // The user is gone, for example after a restart with another table. Nobody may get this session with the same id.
    if (userId !== undefined && !user) {
      await destroy(req);
      res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in first.' });
      return;
    }
    if (!user || user.disabled || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    // Every request renews the idle limit, so a thief could stay forever. No request renews the absolute limit. Only
    // the password starts a new one, because it starts a new session: at login, confirm and a password change.
    if (context.now() - loginAt >= context.absoluteMs) {
      const session = logNameOf(signingSecret(context), req.sessionID);
      await destroy(req);
      context.audit({ name: 'session_expired', userId: user.id, session, ip: req.ip });
      res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in again.' });
      return;
    }
    next();
  };

/**
 * Lets a request through only when its user has a role. Stands behind requireAuth. The session must have started with
 * the role, so that a stolen one gains nothing when its user is promoted. The user must still have it, so that a
 * demotion takes effect with the next request.
 */
export const requireRole = ({ users, audit }: Context, role: Role): RequestHandler =>
  function requireRole(req, res, next) {
    if (req.session.role === role && users.byId(req.session.userId!)?.role === role) return next();
    audit({ name: 'authz_fail', userId: req.session.userId!, ip: req.ip });
    res.status(403).json({ error: 'This is not for you.' });
  };
