import type { CookieState } from '../cookieState.ts';
import { isSameSiteRequest, usesSafeMethod } from '../requestContext.ts';
import { expired } from './expired.ts';
import { hostMatch } from './hostMatch.ts';
import { httpOnly } from './httpOnly.ts';
import { pathMatch } from './pathMatch.ts';
import type { Retrieval, RetrievalRule } from './retrieval.ts';
import { sameSiteEnforcement } from './sameSiteEnforcement.ts';
import { secureOnly } from './secureOnly.ts';

/** In the order of RFC 6265bis section 5.8.3, an expired cookie being gone before. */
const RULES: RetrievalRule[] = [expired, hostMatch, pathMatch, secureOnly, httpOnly, sameSiteEnforcement];

/** The first reason to keep a cookie back, as a short sentence for a learner; null when it goes along. */
export function whyKeptBack(cookie: CookieState, retrieval: Retrieval): string | null {
  for (const rule of RULES) {
    const why = rule(cookie, retrieval);
    if (why !== null) return why;
  }
  return null;
}

/** Why a cookie that no rule keeps back goes along, told where another site caused the request. */
export function whySent(cookie: CookieState, retrieval: Retrieval): string {
  const matches = 'host, path and scheme match';
  if (isSameSiteRequest(retrieval)) return matches;
  if (cookie.sameSite === 'None') return `${matches}; SameSite=None goes along from any site`;
  const mode = cookie.sameSite === 'Lax' ? 'SameSite=Lax' : 'no SameSite (which means Lax)';
  return usesSafeMethod(retrieval)
    ? `${matches}; ${mode} goes along when another site's link opens a page`
    : `${matches}; ${mode} goes along with any page that opens in a cookie's first two minutes`;
}
