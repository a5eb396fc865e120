import type { CookieState } from '../cookieState.ts';
import type { Retrieval } from './retrieval.ts';

/** RFC 6265bis section 5.8.3 step 1, fourth requirement. */
export function httpOnly(cookie: CookieState, { api }: Retrieval): string | null {
  return cookie.httpOnly && api === 'script' ? 'it is HttpOnly, which hides it from scripts' : null;
}
