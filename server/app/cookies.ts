import type { Request } from 'express';

/**
 * The value of a cookie, decoded; of several with one name, the first. A header is read as express-session reads it: what only
 * one of two readers takes for the session cookie is a way past the other.
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
      // What cannot be decoded is taken as it stands.
      return value;
    }
  }
  return undefined;
}
