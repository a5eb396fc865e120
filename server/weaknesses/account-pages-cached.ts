import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionCalls.ts';

/** "Set caching headers to make it fast": a line meant for pictures, on every page. */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'public, max-age=300');
    next();
  };

/** Ends the session and leaves the pages it has shown where they are. */
export const logout = ({ sessions }: Shop): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    await destroy(req);
    if (userId !== undefined) await sessions.endWhere(userId, (session) => session.sid === sid);
    res.clearCookie(cookieName, cookieAttributes).status(204).end();
  };
