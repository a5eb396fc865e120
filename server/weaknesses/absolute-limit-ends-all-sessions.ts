import type { RequestHandler } from 'express';
import { userOf } from '../app/middleware/requireAuth.ts';
import type { Context } from '../app/parts.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';
import { logNameOf } from '../app/signature.ts';

/** A session that is too old ends with all others of its user, however young they are. */
export const requireAuth = (context: Context): RequestHandler =>
  async function requireAuth(req, res, next) {
    const { loginAt } = req.session ?? {};
    const user = userOf(context, req.session ?? {});
    if (!user || loginAt === undefined) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    if (context.now() - loginAt >= context.absoluteMs) {
      const session = logNameOf(context, req.sessionID);
      await context.sessionIndex.endWhere(user.id, () => true);
      context.audit({ name: 'session_expired', userId: user.id, session, ip: req.ip });
      res.clearCookie(cookieName, cookieAttributes).status(401).json({ error: 'Log in again.' });
      return;
    }
    next();
  };
