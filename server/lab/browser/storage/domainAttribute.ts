import { canonicalDomain, domainMatch } from 'tough-cookie';
import type { Arrival } from './arrival.ts';

/** A server may name its own host or a domain above it, nobody else's (RFC 6265bis section 5.7 steps 8 and 10). */
export function domainAttribute({ cookie, domainAttribute, context }: Arrival): string | null {
  if (domainAttribute === null) return null;
  // Step 8: international names have to be written in their ASCII form (xn--…).
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins at 0
  if (/[^\x00-\x7f]/.test(domainAttribute)) return 'its Domain has characters outside ASCII';
  // Step 10.
  if (cookie.hostOnly || domainMatch(canonicalDomain(context.url.hostname), domainAttribute, false)) return null;
  return `Domain=${domainAttribute} does not cover ${context.url.hostname}, which sent it`;
}
