import { unsign } from 'cookie-signature';
import type { Request } from 'express';
import { cookieNamed } from './cookies.ts';
import type { Services } from './services.ts';
import { cookieName } from './session.ts';

/** The value of the session cookie, decoded. */
export const sessionCookie = (req: Request): string | undefined => cookieNamed(req, cookieName);

/** The session id in the request's cookie, for routes that stand before the session; undefined unless we signed it. */
export function sessionIdOf(req: Request, { secret }: Services): string | undefined {
  const value = sessionCookie(req);
  if (!value?.startsWith('s:')) return undefined;
  for (const known of [secret].flat()) {
    const sid = unsign(value.slice(2), known);
    if (sid !== false) return sid;
  }
  return undefined;
}
