import type { RequestHandler } from 'express';
import type { SessionData } from 'express-session';
import type { Role, User } from '../db.ts';
import type { Context } from '../parts.ts';
import { cookieAttributes, cookieName } from '../session.ts';
import { destroy } from '../sessionStore.ts';
import { logNameOf } from '../signature.ts';

/**
 * Returns the user of a session, or undefined when the account is gone or disabled, or has other credentials than those
 * that the session was started with.
 */
export function userOf({ users }: Context, { userId, credentialVersion }: Partial<SessionData>): User | undefined {
  const user = userId === undefined ? undefined : users.byId(userId);
  return user?.disabled === false && user.credentialVersion === credentialVersion ? user : undefined;
}

/** Lets a request through only when its session proves a login that is not too old. Otherwise it answers 401. */
export const requireAuth = (context: Context): RequestHandler =>
  async function requireAuth(req, res, next) {
    // Some stores report a lost connection. express-session then leaves `req.session` undefined, and nothing proves a login.
    const { userId, loginAt } = req.session ?? {};
    if (userId === undefined || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    // Every request renews the idle limit, so a thief could stay forever. No request renews the absolute limit. Only
    // the password starts a new one, because it starts a new session: at login, confirm and a password change.
    const tooOld = context.now() - loginAt >= context.absoluteMs;
    if (tooOld || !userOf(context, req.session)) {
      const session = logNameOf(context, req.sessionID);
      await destroy(req);
      context.audit({ name: tooOld ? 'session_expired' : 'session_revoked', userId, session, ip: req.ip });
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
