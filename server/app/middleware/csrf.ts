/**
 * Two defenses against cross-site request forgery, in which another site makes the user's browser send a request. The
 * first looks at where a request comes from. The second requires a token that only our own pages can know.
 */
import type { Request, RequestHandler } from 'express';
import type { Context } from '../parts.ts';
import type { Services } from '../services.ts';
import { isSignature, sign } from '../signature.ts';

/** These methods change nothing. */
const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses requests that another site makes a browser send, unless it is one of our front ends. Current browsers send
 * Sec-Fetch-Site with every request, and no page can change it. Older ones send Origin with every request that is not
 * safe. Programs that are not browsers send neither, but they hold no cookies of other people. This also protects the
 * login form, which has no session for a token yet.
 */
export const refuseCrossSite = ({ audit, frontEnds }: Context): RequestHandler =>
  function refuseCrossSite(req, res, next) {
    if (safe.includes(req.method)) return next();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const isOwn =
      site === undefined
        ? origin === undefined || origin === `${req.protocol}://${req.host}`
        : site === 'same-origin' || site === 'none';
    if (isOwn || (origin !== undefined && frontEnds.includes(origin))) return next();
    audit({ name: 'csrf_refused', ip: req.ip });
    res.status(403).json({ error: 'This request does not come from our own pages.' });
  };

/** Requires the CSRF token of the session from logged-in users, which proves that a page of ours sent the request. */
export const requireCsrfToken = (context: Context): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    if (safe.includes(req.method) || req.session?.userId === undefined) return next();
    if (isCsrfToken(context, req.sessionID, req.get('x-csrf-token'))) return next();
    context.audit({ name: 'csrf_refused', userId: req.session.userId, ip: req.ip });
    res.status(403).json({ error: 'The form is out of date. Load the page again.' });
  };

/** Returns the token that a response gives to our page. Its script sends it back with every change. */
export function csrfTokenFor(context: Context, req: Request): string {
  return csrfToken(context, req.sessionID);
}

/**
 * Returns the CSRF token of a session. It is computed from the session id, so it needs no storage, changes when the id
 * changes, and is useless for another session.
 */
export function csrfToken(services: Services, sid: string): string {
  return sign(services, 'csrf', sid);
}

export function isCsrfToken(services: Services, sid: string, given: string | undefined): boolean {
  return isSignature(services, 'csrf', sid, given);
}
