import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';
import { cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionStore.ts';
import { logNameOf } from '../app/signature.ts';

/** Clears the cookie by name alone. Browsers accept a `__Host-` cookie only with Secure, even to delete it. */
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
    res.clearCookie(cookieName).status(204).end();
  };
