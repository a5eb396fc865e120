import type { CookieState } from '../cookieState.ts';
import type { Retrieval } from './retrieval.ts';

/** RFC 6265bis section 5.7, after step 24: a browser drops a cookie whose time is over. */
export function expired(cookie: Pick<CookieState, 'expiresAt'>, { now }: Pick<Retrieval, 'now'>): string | null {
  return cookie.expiresAt !== null && cookie.expiresAt <= now ? 'it expired' : null;
}
