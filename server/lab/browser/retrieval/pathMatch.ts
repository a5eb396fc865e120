import { pathMatch as matches } from 'tough-cookie';
import type { CookieState } from '../cookieState.ts';
import type { Retrieval } from './retrieval.ts';

/** RFC 6265bis section 5.8.3 step 1, second requirement: /app covers /app and /app/me, not /application. */
export function pathMatch(cookie: CookieState, { url }: Retrieval): string | null {
  return matches(url.pathname, cookie.path) ? null : `its path ${cookie.path} does not cover ${url.pathname}`;
}
