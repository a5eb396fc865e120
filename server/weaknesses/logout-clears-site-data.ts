import type { RequestHandler } from 'express';
import { cookieAttributes, cookieName } from '../app/session.ts';

/** Asks the browser to delete everything it has of this site. The record stays, and so does every copy of the cookie. */
export const logout = (): RequestHandler =>
  function logout(req, res) {
    req.session = null as never;
    res.set('clear-site-data', '"cache", "cookies", "storage"');
    res.clearCookie(cookieName, cookieAttributes).status(204).end();
  };
