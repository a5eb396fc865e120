import { canonicalDomain, domainMatch } from 'tough-cookie';
import type { CookieState } from '../cookieState.ts';
import { whereItGoes } from '../wording.ts';
import type { Retrieval } from './retrieval.ts';

/** RFC 6265bis section 5.8.3 step 1, first requirement. The port plays no part in it (section 8.5). */
export function hostMatch(cookie: CookieState, { url }: Retrieval): string | null {
  const host = canonicalDomain(url.hostname);
  const matches = cookie.hostOnly ? host === cookie.domain : domainMatch(host, cookie.domain, false);
  return matches ? null : `it belongs to ${whereItGoes(cookie)}, not ${url.hostname}`;
}
