import { getPublicSuffix } from 'tldts';
import type { Arrival } from './arrival.ts';

/**
 * Whether everybody can register names right below this one: `com`, `co.uk`, `github.io`. An ending that is not on the
 * Public Suffix List, as `example`, counts as one.
 */
export function isPublicSuffix(domain: string): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain;
}

/** RFC 6265bis section 5.7 step 9: or evil.example could write cookies for shop.example. */
export function publicSuffix({ cookie, domainAttribute }: Arrival): string | null {
  if (domainAttribute === null || cookie.hostOnly || !isPublicSuffix(domainAttribute)) return null;
  return `Domain=${domainAttribute} is a public suffix: it would reach everybody's sites`;
}
