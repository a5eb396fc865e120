import type { Arrival } from './arrival.ts';
import { hasPrefix } from './cookieNamePrefixes.ts';

const PREFIXES = ['__Secure-', '__Host-', '__Http-'];

/** A cookie without a name goes out as its bare value, which no server can tell from a cookie with a name. */
export function namelessCookie({ cookie }: Arrival): string | null {
  if (cookie.name !== '') return null;
  // RFC 6265bis section 5.7 step 22; and `=sid=1` would go out as `sid=1`, so Chromium refuses any `=` (measured).
  const passesForNamed = cookie.value.includes('=') || PREFIXES.some((prefix) => hasPrefix(cookie.value, prefix));
  return passesForNamed ? 'it has no name and its value would pass for a cookie that has one' : null;
}
