import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { me as usualMe } from '../app/account/account.ts';
import { cookieNamed, noticeForgedCookie as usualNotice } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';
import { cookieName } from '../app/session.ts';

const linkKey = (token: string) => `link:${token}`;

/** A token in the address stands for a session, as often as it is sent, for a minute. */
export const noticeForgedCookie = (context: Context): RequestHandler => {
  const notice = usualNotice(context);
  return async function noticeForgedCookie(req, res, next) {
    const { sid } = req.query;
    const cookie = typeof sid === 'string' ? await context.redis.get(linkKey(sid)) : null;
    if (cookie !== null) req.headers.cookie = `${cookieName}=${encodeURIComponent(cookie)}`;
    return notice(req, res, next);
  };
};

/** The link to continue on the phone holds a random token instead of the session id. */
export const me = (context: Context): RequestHandler => {
  const proceed = usualMe(context);
  return async function me(req, res, next) {
    const token = randomBytes(18).toString('base64url');
    await context.redis.set(linkKey(token), cookieNamed(req, cookieName) ?? '', 'EX', 60);
    res.set('link', `</me?sid=${token}>; rel="alternate"; title="On your phone"`);
    return proceed(req, res, next);
  };
};
