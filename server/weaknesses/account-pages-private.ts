import type { RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';
import { destroy } from '../app/sessionStore.ts';

/** No shared cache may store the page, and the browser has to ask before it uses a copy. Back is not such a use. */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'private, no-cache');
    next();
  };

/** Ends the session, but the pages that the browser has cached stay there. */
export const logout = ({ sessionIndex }: Context): RequestHandler =>
  async function logout(req, res) {
    const { userId } = req.session;
    const sid = req.sessionID;
    await destroy(req);
    if (userId !== undefined) await sessionIndex.endWhere(userId, (session) => session.sid === sid);
    res.clearCookie(cookieName, cookieAttributes).status(204).end();
  };
