import type { CookieState } from '../cookieState.ts';
import { usesSecureProtocol } from '../secureProtocol.ts';
import type { Retrieval } from './retrieval.ts';

/** RFC 6265bis section 5.8.3 step 1, third requirement. */
export function secureOnly(cookie: CookieState, { url }: Retrieval): string | null {
  return cookie.secure && !usesSecureProtocol(url) ? 'it is Secure and the address is http' : null;
}
