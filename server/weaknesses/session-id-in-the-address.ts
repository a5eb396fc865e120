import type { RequestHandler } from 'express';
import { me as usualMe } from '../app/account/account.ts';
import { noticeForgedCookie as usualNotice } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';
import { cookieName } from '../app/session.ts';

/** For devices without cookies: a session id in the address becomes the cookie before express-session reads it. */
export const noticeForgedCookie = (context: Context): RequestHandler => {
  const notice = usualNotice(context);
  return function noticeForgedCookie(req, res, next) {
    notice(req, res, () => {
      const { sid } = req.query;
      if (typeof sid === 'string') req.headers.cookie = `${cookieName}=${encodeURIComponent(sid)}`;
      next();
    });
  };
};

/** The account page has a link to continue on the phone, already logged in. */
export const me = (context: Context): RequestHandler => {
  const proceed = usualMe(context);
  return function me(req, res, next) {
    const sid = new RegExp(`${cookieName}=([^;]+)`).exec(req.get('cookie') ?? '')?.[1];
    res.set('link', `</me?sid=${sid}>; rel="alternate"; title="On your phone"`);
    return proceed(req, res, next);
  };
};
