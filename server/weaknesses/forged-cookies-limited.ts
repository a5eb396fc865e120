import type { RequestHandler } from 'express';
import type { SessionOptions } from 'express-session';
import { cookieNamed, signedSessionId } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';
import type { Services } from '../app/services.ts';
import { cookieName, sessionOptions as usual } from '../app/session.ts';

/** Forged cookies that one address may send. */
const limit = 5;

/** Session ids still count up. */
export function sessionOptions(services: Services): SessionOptions {
  let last = 100_000;
  return { ...usual(services), genid: () => String(++last) };
}

/** Stops an address that sends many cookies with a wrong signature. A guess with a right one is not forged. */
export const noticeForgedCookie = (context: Context): RequestHandler => {
  const forged = new Map<string | undefined, number>();
  return function noticeForgedCookie(req, res, next) {
    if (!cookieNamed(req, cookieName) || signedSessionId(req, context) !== undefined) return next();
    context.audit({ name: 'session_cookie_invalid', ip: req.ip });
    const count = (forged.get(req.ip) ?? 0) + 1;
    forged.set(req.ip, count);
    if (count > limit) return void res.status(429).json({ error: 'Too many tries. Try again later.' });
    next();
  };
};
