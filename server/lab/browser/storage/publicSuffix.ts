import { getPublicSuffix } from 'tldts';
import { registrableDomain } from '../site.ts';
import type { Arrival } from './arrival.ts';

/**
 * Whether everybody can register names right below this one: `com`, `co.uk`, `github.io`. An ending that is not on the
 * Public Suffix List, as `example`, counts as one. A dot at the end makes no difference.
 */
export function isPublicSuffix(domain: string): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain.replace(/\.$/, '');
}

/**
 * RFC 6265bis section 5.7 step 9: or evil.example could write cookies for shop.example. The section asks only about the
 * domain itself. But `s3.amazonaws.com` is a public suffix while `amazonaws.com` above it is none, so Chromium (156)
 * refuses whatever lies above the part of the host that somebody registered.
 */
export function publicSuffix({ cookie, domainAttribute, context }: Arrival): string | null {
  if (domainAttribute === null || cookie.hostOnly) return null;
  if (isPublicSuffix(domainAttribute)) {
    return `Domain=${domainAttribute} is a public suffix: it would reach everybody's sites`;
  }
  if (!registrableDomain(context.url.hostname).endsWith(`.${domainAttribute}`)) return null;
  return `Domain=${domainAttribute} lies above a public suffix: it would reach everybody's sites`;
}
