import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';
import { cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionStore.ts';
import { logNameOf } from '../app/signature.ts';

/** Writes the deleting cookie by hand, with an expiry in the past. What browsers miss in it is Secure. */
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
    res
      .cookie(cookieName, '', { path: '/', expires: new Date(0) })
      .status(204)
      .end();
  };
