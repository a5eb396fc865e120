import type { RequestHandler } from 'express';
import { cookieAttributes, cookieName } from '../app/session.ts';

/** `req.session = null` logs out in cookie-session. In express-session it means "do not save": the record stays. */
export const logout = (): RequestHandler =>
  function logout(req, res) {
    req.session = null as never;
    res.clearCookie(cookieName, cookieAttributes).status(204).end();
  };
