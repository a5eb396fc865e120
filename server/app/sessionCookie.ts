import { unsign } from 'cookie-signature';
import type { Request } from 'express';
import type { Services } from './services.ts';
import { cookieName } from './session.ts';

/** The value of the session cookie, decoded; the first of that name, as express-session reads it. */
export function sessionCookie(req: Request): string | undefined {
  const pairs = req.get('cookie')?.split('; ') ?? [];
  const value = pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  try {
    return value && decodeURIComponent(value);
  } catch {
    // express-session takes a value that cannot be decoded as it stands.
    return value;
  }
}

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
