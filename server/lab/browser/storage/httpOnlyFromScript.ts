import type { Arrival } from './arrival.ts';
import { sameIdentity } from './sameIdentity.ts';

/** A script can neither make an HttpOnly cookie nor take the place of one. */
export function httpOnlyFromScript({ cookie, api, jar }: Arrival): string | null {
  if (api === 'http') return null;
  // RFC 6265bis section 5.7 step 15.
  if (cookie.httpOnly) return 'a script cannot set an HttpOnly cookie';
  // Section 5.7 step 23.2.
  const old = jar.find((other) => sameIdentity(other, cookie));
  return old?.httpOnly ? `a script cannot overwrite the HttpOnly cookie ${cookie.name}` : null;
}
