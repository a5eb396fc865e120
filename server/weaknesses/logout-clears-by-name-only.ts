import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionCalls.ts';

/** Clears the cookie by its name alone. A browser takes a `__Host-` cookie with Secure only, also one that is to delete it. */
export const logout = ({ sessions, audit }: Shop): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    await destroy(req);
    if (userId !== undefined) {
      await sessions.endWhere(userId, (session) => session.sid === sid);
      audit({ name: 'session_logout', userId, ip: req.ip });
    }
    res.clearCookie(cookieName).status(204).end();
  };
