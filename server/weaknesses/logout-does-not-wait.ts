import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';
import { logNameOf } from '../app/signature.ts';

/** Deletes the record, and answers before anybody knows whether that worked. */
export const logout = (context: Context): RequestHandler =>
  async function logout(req, res) {
    const { sessionIndex, audit } = context;
    const { userId } = req.session;
    const sid = req.sessionID;
    req.session.destroy(() => {});
    if (userId !== undefined) {
      await sessionIndex.endWhere(userId, (session) => session.sid === sid).catch(() => {});
      audit({ name: 'session_logout', userId, session: logNameOf(context, sid), ip: req.ip });
    }
    res.set('clear-site-data', '"cache"').clearCookie(cookieName, cookieAttributes).status(204).end();
  };
