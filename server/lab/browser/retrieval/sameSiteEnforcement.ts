import type { CookieState } from '../cookieState.ts';
import { isSameSiteRequest, requestSource, usesSafeMethod } from '../requestContext.ts';
import type { Retrieval } from './retrieval.ts';

/** How young a cookie without SameSite must be for a cross-site form: two minutes, in ms (section 5.6.7.2). */
export const LAX_ALLOWING_UNSAFE_AGE = 2 * 60 * 1000;

/** RFC 6265bis section 5.8.3 step 1, last requirement, with the modes of section 5.6.7. */
export function sameSiteEnforcement(cookie: CookieState, retrieval: Retrieval): string | null {
  if (cookie.sameSite === 'None' || isSameSiteRequest(retrieval)) return null;
  const source = requestSource(retrieval);
  if (cookie.sameSite === 'Strict') return `SameSite=Strict and the request comes from ${source}`;
  // Section 5.6.7.1: Lax, and no SameSite at all, are for pages that open, and only when they are asked for, not acted on.
  const mode = cookie.sameSite === 'Lax' ? 'SameSite=Lax' : 'no SameSite (which means Lax)';
  if (!retrieval.navigation) return `${mode} and a page of ${source} makes the request in the background`;
  if (usesSafeMethod(retrieval) || isLaxAllowingUnsafe(cookie, retrieval)) return null;
  return `${mode} and the ${retrieval.method.toUpperCase()} comes from ${source}`;
}

/** Section 5.6.7.2: the grace for sites that never heard of SameSite. */
export function isLaxAllowingUnsafe(cookie: CookieState, { laxAllowingUnsafe, now }: Retrieval): boolean {
  return laxAllowingUnsafe && cookie.sameSite === null && now - cookie.createdAt <= LAX_ALLOWING_UNSAFE_AGE;
}
