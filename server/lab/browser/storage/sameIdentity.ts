import type { CookieIdentity } from '../cookieState.ts';

/** RFC 6265bis section 5.7 step 23: a jar holds at most one cookie of one name, domain, host-only-flag and path. */
export function sameIdentity(a: CookieIdentity, b: CookieIdentity): boolean {
  return a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path;
}
