import { domainMatch, pathMatch } from 'tough-cookie';
import type { CookieState } from '../cookieState.ts';
import { usesSecureProtocol } from '../secureProtocol.ts';
import { whereItGoes } from '../wording.ts';
import type { Arrival } from './arrival.ts';

/**
 * RFC 6265bis section 5.7 step 16: what comes over http may neither replace a Secure cookie nor get in front of it. It
 * may stand behind it: a cookie for `/` is no danger to a Secure one for `/login`, which is listed first.
 */
export function leaveSecureCookiesAlone({ cookie, context, jar }: Arrival): string | null {
  if (cookie.secure || usesSecureProtocol(context.url)) return null;
  const overlaid = jar.find((other) => other.secure && overlays(cookie, other));
  return overlaid ? `over http it may not cover the Secure cookie ${cookie.name} of ${whereItGoes(overlaid)}` : null;
}

function overlays(cookie: CookieState, existing: CookieState): boolean {
  return (
    existing.name === cookie.name &&
    (domainMatch(existing.domain, cookie.domain, false) === true ||
      domainMatch(cookie.domain, existing.domain, false) === true) &&
    pathMatch(cookie.path, existing.path)
  );
}
