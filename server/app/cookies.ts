import { unsign } from 'cookie-signature';
import type { Request, RequestHandler } from 'express';
import type { Context } from './parts.ts';
import type { Services } from './services.ts';
import { cookieName } from './session.ts';

/**
 * Returns the decoded value of a cookie, or undefined when the request has none of this name. Of several cookies with
 * one name, the first counts.
 *
 * This parses the header exactly as express-session does: a cookie that only one of the two parsers finds would be a way
 * around the other. express-session brings its own version of the package `cookie` (0.7). Another version of that
 * package here could follow other rules, so this function spells them out, and a test compares it with express-session.
 */
export function cookieNamed(req: Request, name: string): string | undefined {
  for (const pair of req.get('cookie')?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals === -1 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    try {
      return decodeURIComponent(value);
    } catch {
      // A value that cannot be decoded counts as it is.
      return value;
    }
  }
  return undefined;
}

/**
 * Returns the session id in the request's cookie, or undefined when there is none that we signed. It is for code that
 * runs before the session middleware.
 */
export function signedSessionId(req: Request, { secret }: Services): string | undefined {
  const value = cookieNamed(req, cookieName);
  // express-session marks a signed value with this prefix: `s:<session id>.<signature>`.
  if (!value?.startsWith('s:')) return undefined;
  for (const known of [secret].flat()) {
    const sid = unsign(value.slice(2), known);
    if (sid !== false) return sid;
  }
  return undefined;
}

/**
 * Reports a session cookie that we did not sign. express-session ignores such a cookie without a word, but browsers do
 * not invent cookies: somebody is trying ids. A signed cookie without a record is not reported, because it is only old.
 */
export const noticeForgedCookie = (context: Context): RequestHandler =>
  function noticeForgedCookie(req, _res, next) {
    if (cookieNamed(req, cookieName) && signedSessionId(req, context) === undefined) {
      context.audit({ name: 'session_cookie_invalid', ip: req.ip });
    }
    next();
  };
