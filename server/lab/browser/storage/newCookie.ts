import { isIP } from 'node:net';
import type { Cookie } from 'tough-cookie';
import { canonicalDomain, defaultPath } from 'tough-cookie';
import { type CookieState, sameSiteValue } from '../cookieState.ts';
import { expiryTime } from './lifetimeLimit.ts';
import { isPublicSuffix } from './publicSuffix.ts';

/**
 * The cookie a Set-Cookie header asks for (RFC 6265bis section 5.7 steps 5 to 17, without the refusals).
 *
 * @param url the address that answered
 * @param now milliseconds since 1970
 */
export function newCookie(parsed: Cookie, url: URL, now: number): CookieState {
  const host = canonicalDomain(url.hostname) ?? '';
  // Step 9.1: a public suffix may name itself, and then means only itself. So does an IP address (Chromium, measured).
  const namesItself = parsed.domain === host && (isPublicSuffix(host) || isIP(host) !== 0);
  const hostOnly = !parsed.domain || namesItself;
  return {
    name: parsed.key,
    value: parsed.value,
    domain: hostOnly ? host : (parsed.domain ?? host),
    hostOnly,
    // Section 5.1.4: without a usable Path, the directory of the address that answered.
    path: parsed.path ?? defaultPath(url.pathname),
    secure: parsed.secure,
    httpOnly: parsed.httpOnly,
    sameSite: sameSiteValue(parsed.sameSite),
    expiresAt: expiryTime(parsed, now),
    createdAt: now,
    partitioned: parsed.extensions?.some((name) => /^partitioned\b/i.test(name)) ?? false,
  };
}
