import type { RequestHandler } from 'express';
import { rememberCookie } from '../app/auth/rememberMe.ts';
import type { Context } from '../app/parts.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionStore.ts';
import { logNameOf } from '../app/signature.ts';

/** Ends the session, and removes the remember cookie from this browser. Its token stays valid in Redis. */
export const logout = (context: Context): RequestHandler =>
  async function logout(req, res) {
    const { sessionIndex, audit } = context;
    const { userId } = req.session;
    const sid = req.sessionID;
    await destroy(req);
    if (userId !== undefined) {
      await sessionIndex.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, session: logNameOf(context, sid), ip: req.ip });
    }
    res.clearCookie(cookieName, cookieAttributes).clearCookie(rememberCookie, cookieAttributes).status(204).end();
  };
