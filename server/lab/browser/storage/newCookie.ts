import { isIP } from 'node:net';
import { canonicalDomain, defaultPath } from 'tough-cookie';
import type { CookieState } from '../cookieState.ts';
import { expiryTime } from './lifetimeLimit.ts';
import type { ParsedCookie } from './parseSetCookie.ts';
import { isPublicSuffix } from './publicSuffix.ts';

/**
 * The cookie a Set-Cookie header asks for (RFC 6265bis section 5.7 steps 5 to 17, without the refusals).
 *
 * @param url the address that answered
 * @param now milliseconds since 1970
 */
export function newCookie(parsed: ParsedCookie, url: URL, now: number): CookieState {
  // An IPv6 address without the brackets that it has in a URL, and in a Domain.
  const host = canonicalDomain(url.hostname) ?? '';
  // Step 9.1: a public suffix may name itself, and then means only itself. So does an IP address (Chromium, measured).
  const namesItself = parsed.domain === url.hostname && (isPublicSuffix(host) || isIP(host) !== 0);
  const hostOnly = parsed.domain === null || namesItself;
  return {
    name: parsed.name,
    value: parsed.value,
    domain: hostOnly ? host : (parsed.domain ?? host),
    hostOnly,
    // Section 5.1.4: without a usable Path, the directory of the address that answered.
    path: parsed.path ?? defaultPath(url.pathname),
    secure: parsed.secure,
    httpOnly: parsed.httpOnly,
    sameSite: parsed.sameSite,
    expiresAt: expiryTime(parsed, now),
    createdAt: now,
    partitioned: parsed.partitioned,
  };
}
