import { domainMatch } from 'tough-cookie';
import { consistsOfAscii } from '../octets.ts';
import type { Arrival } from './arrival.ts';

/** A server may name its own host or a domain above it, nobody else's (RFC 6265bis section 5.7 steps 8 and 10). */
export function domainAttribute({ cookie, domainAttribute, context }: Arrival): string | null {
  if (domainAttribute === null) return null;
  // A dot alone. Section 5.6.3 makes it an empty Domain, which counts as none; Chromium (156) refuses it.
  if (domainAttribute === '') return 'its Domain is a dot and no name';
  // Step 8.
  if (!consistsOfAscii(domainAttribute)) return 'its Domain has characters outside ASCII that are no name in UTF-8';
  // Step 10.
  if (cookie.hostOnly || domainMatch(context.url.hostname, domainAttribute, false)) return null;
  return `Domain=${domainAttribute} does not cover ${context.url.hostname}, which sent it`;
}
