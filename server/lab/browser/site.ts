import { getDomain } from 'tldts';

/**
 * The part of a host name that somebody can register: `shop.example` for `blog.shop.example`. A host that has none (an
 * IP address, `localhost`, a public suffix such as `github.io`) stands for itself. Endings that are not on the Public
 * Suffix List, as `example`, count as public suffixes. Names that nobody could register, as `-a.shop.example`, are hosts
 * to a browser all the same.
 */
export function registrableDomain(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: true, validateHostname: false }) ?? hostname;
}

/**
 * Whether two addresses belong to one site: same scheme and same registrable domain, whatever the port and the
 * subdomain (HTML standard, "same site"). An address without a host (`data:`, `about:`) is of no site.
 */
export function sameSite(a: URL, b: URL): boolean {
  if (a.hostname === '' || b.hostname === '') return false;
  return a.protocol === b.protocol && registrableDomain(a.hostname) === registrableDomain(b.hostname);
}
