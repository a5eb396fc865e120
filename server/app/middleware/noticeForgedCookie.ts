import type { RequestHandler } from 'express';
import type { Shop } from '../app.ts';
import { sessionCookie, sessionIdOf } from '../sessionCookie.ts';

/**
 * Notes a session cookie that we did not sign. express-session treats it as no cookie at all and says so to nobody, but no
 * browser makes one up: somebody is trying. A well-signed cookie without a record is no such sign, it is just an old one.
 */
export const noticeForgedCookie = (shop: Shop): RequestHandler =>
  function noticeForgedCookie(req, _res, next) {
    if (sessionCookie(req) && sessionIdOf(req, shop) === undefined) {
      shop.audit({ name: 'session_cookie_invalid', ip: req.ip });
    }
    next();
  };
