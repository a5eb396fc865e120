import { usesSecureProtocol } from '../secureProtocol.ts';
import type { Arrival } from './arrival.ts';

/** RFC 6265bis section 5.7 step 13: over http anybody on the way could have written it. */
export function secureFromNonSecure({ cookie, context }: Arrival): string | null {
  return cookie.secure && !usesSecureProtocol(context.url) ? 'a Secure cookie over http is refused' : null;
}
