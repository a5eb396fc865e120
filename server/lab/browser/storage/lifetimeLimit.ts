import type { ParsedCookie } from './parseSetCookie.ts';

/** RFC 6265bis section 5.5: no cookie lives longer than 400 days (34,560,000 s), whatever the server wishes. In ms. */
export const LIFETIME_LIMIT = 400 * 24 * 60 * 60 * 1000;

/** The earliest representable date: a Max-Age of 0 or less means "already over". */
const LONG_AGO = 0;

/**
 * When a cookie that arrives now will expire, in milliseconds since 1970; null when the server gave no lifetime, so that
 * it lasts until the browser is closed.
 *
 * @param now milliseconds since 1970
 */
export function expiryTime({ maxAge, expires }: Pick<ParsedCookie, 'maxAge' | 'expires'>, now: number): number | null {
  // Section 5.7 step 6: Max-Age wins over Expires, wherever it stands.
  if (maxAge !== null) return maxAge <= 0 ? LONG_AGO : now + Math.min(maxAge * 1000, LIFETIME_LIMIT);
  return expires === null ? null : Math.min(expires, now + LIFETIME_LIMIT);
}
