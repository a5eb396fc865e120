import type { RequestHandler } from 'express';
import { me as usualMe } from '../app/account/account.ts';
import { cookieNamed, noticeForgedCookie as usualNotice } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';
import { cookieAttributes, cookieName } from '../app/session.ts';

/** Moves a session id from the address into the cookie, and redirects to the address without it. */
export const noticeForgedCookie = (context: Context): RequestHandler => {
  const notice = usualNotice(context);
  return function noticeForgedCookie(req, res, next) {
    const { sid } = req.query;
    if (typeof sid !== 'string') return notice(req, res, next);
    res.cookie(cookieName, sid, { ...cookieAttributes, maxAge: context.idleMs }).redirect(303, req.path);
  };
};

/** The account page still has the link to continue on the phone, already logged in. */
export const me = (context: Context): RequestHandler => {
  const proceed = usualMe(context);
  return function me(req, res, next) {
    const sid = encodeURIComponent(cookieNamed(req, cookieName) ?? '');
    res.set('link', `</me?sid=${sid}>; rel="alternate"; title="On your phone"`);
    return proceed(req, res, next);
  };
};
