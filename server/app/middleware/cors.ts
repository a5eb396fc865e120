/**
 * Cross-origin resource sharing (CORS, Fetch standard): which pages of other origins may read our responses, and may send
 * what a form cannot send. It does not keep requests away: a browser sends most of them first, and then hides the response.
 */
import type { RequestHandler } from 'express';
import type { Context } from '../parts.ts';

/** How long a browser may remember what a preflight allowed. Seconds. */
const preflightMaxAge = 600;

/**
 * Lets our own front ends that have another origin read responses and send the session cookie. Their origins are listed one by
 * one (FRONT_END_ORIGINS). With an empty list, only pages of our own origin can read anything.
 */
export const allowFrontEnds = ({ frontEnds }: Context): RequestHandler =>
  allowOrigins((origin) => frontEnds.includes(origin));

/** Returns a middleware that lets pages of these origins read what we answer to their user, who is logged in. */
export function allowOrigins(isAllowed: (origin: string) => boolean): RequestHandler {
  return function allowOrigins(req, res, next) {
    // The response differs from origin to origin, so a cache must keep them apart.
    res.vary('Origin');
    const origin = req.get('origin');
    if (origin === undefined || !isAllowed(origin)) return next();
    // Browsers accept no * together with credentials, which are cookies here.
    res.set({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
    if (req.method !== 'OPTIONS' || req.get('access-control-request-method') === undefined) return next();
    res.set({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Content-Type, X-CSRF-Token',
      'access-control-max-age': String(preflightMaxAge),
    });
    res.status(204).end();
  };
}
