/** The retrieval model of RFC 6265bis: which cookies a browser sends. Section and step numbers are the RFC's. */
import { domainMatch, pathMatch } from 'tough-cookie';
import {
  isSameSiteRequest,
  partitionOf,
  type RequestContext,
  requestSource,
  usesSafeMethod,
} from '../requestContext.ts';
import { isPotentiallyTrustworthy } from '../site.ts';
import { type Cookie, hasExpired, sameSiteAttribute, scopeOf } from './cookie.ts';

/** The circumstances in which a browser reads its jar (section 5.8). */
export interface Retrieval extends RequestContext {
  /** `script`: document.cookie, which the RFC calls a "non-HTTP" API. */
  api: 'http' | 'script';
  /** Milliseconds since 1970. */
  now: number;
  /** Section 5.6.7.2; see JarOptions. */
  laxAllowingUnsafe: boolean;
}

/** The requirements of section 5.8.3 step 1, in its order. Returns the first reason not to send the cookie, or null. */
export function whyNotSent(cookie: Cookie, retrieval: Retrieval): string | null {
  const { url, api, now } = retrieval;

  // Section 5.7, after step 24: a browser evicts expired cookies.
  if (hasExpired(cookie, now)) return 'it has expired';

  // First requirement. The port is ignored (section 8.5).
  const host = url.hostname;
  const hostMatches = cookie.hostOnly ? host === cookie.domain : domainMatch(host, cookie.domain, false);
  if (!hostMatches) return `it is for ${scopeOf(cookie)}, not for ${url.hostname}`;

  // Second requirement: /app covers /app and /app/me, not /application.
  if (!pathMatch(url.pathname, cookie.path)) return `its path ${cookie.path} does not cover ${url.pathname}`;

  // Third requirement.
  if (cookie.secure && !isPotentiallyTrustworthy(url)) return 'it is Secure, and the address is http';

  // CHIPS, draft-cutler-httpbis-partitioned-cookies section 2.2.
  if (cookie.partition !== undefined && cookie.partition !== partitionOf(retrieval)) {
    return `it is Partitioned, for pages of ${cookie.partition}, and this is for one of ${partitionOf(retrieval)}`;
  }

  // Fourth requirement.
  if (cookie.httpOnly && api === 'script') return 'it is HttpOnly, which hides it from scripts';

  // Last requirement, with the modes of section 5.6.7.
  if (cookie.sameSite === 'None' || isSameSiteRequest(retrieval)) return null;
  const attribute = `it has ${sameSiteAttribute(cookie)}`;
  const source = requestSource(retrieval);
  if (cookie.sameSite === 'Strict') return `${attribute}, and the request comes from ${source}`;
  // Section 5.6.7.1: Lax, and no SameSite at all, allow navigations with a safe method.
  if (retrieval.inFrame) return `${attribute}, and the frame is in a page of ${source}`;
  if (!retrieval.navigation) return `${attribute}, and a page of ${source} makes the request in the background`;
  if (usesSafeMethod(retrieval) || isLaxAllowingUnsafe(cookie, retrieval)) return null;
  return `${attribute}, and the ${retrieval.method.toUpperCase()} comes from ${source}`;
}

/** Section 5.6.7.2: how young a cookie without SameSite must be to go with a cross-site form. Two minutes, in ms. */
export const laxAllowingUnsafeAge = 2 * 60 * 1000;

function isLaxAllowingUnsafe({ sameSite, createdAt }: Cookie, { laxAllowingUnsafe, now }: Retrieval): boolean {
  return laxAllowingUnsafe && sameSite === null && now - createdAt <= laxAllowingUnsafeAge;
}

/** Explains why a cookie is sent that no requirement holds back. Mentions SameSite if another site caused the request. */
export function whySent(cookie: Cookie, retrieval: Retrieval): string {
  const matches = 'host, path and scheme match';
  if (isSameSiteRequest(retrieval)) return matches;
  if (cookie.sameSite === 'None') return `${matches}; SameSite=None allows requests from any site`;
  return usesSafeMethod(retrieval)
    ? `${matches}; ${sameSiteAttribute(cookie)} allows links from other sites`
    : `${matches}; ${sameSiteAttribute(cookie)} allows forms of other sites in the cookie's first two minutes`;
}

/** Section 5.8.3 step 2: cookies with longer paths first, then older ones. For Array.sort. */
export function inCookieOrder(a: Cookie, b: Cookie): number {
  return b.path.length - a.path.length || a.createdAt - b.createdAt;
}
