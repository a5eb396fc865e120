import { isIP, isIPv4 } from 'node:net';
import { getDomain, getPublicSuffix } from 'tldts';

/**
 * Returns the part of a host name that somebody can register: `shop.example` for `blog.shop.example`. A host without one (an
 * IP address, `localhost`, a public suffix such as `github.io`) is returned as it is. An ending that is not on the Public
 * Suffix List, such as `example`, counts as a public suffix.
 */
export function registrableDomain(hostname: string): string {
  // Not validated: nobody can register -a.shop.example, but browsers accept it as a host.
  return getDomain(hostname, { allowPrivateDomains: true, validateHostname: false }) ?? hostname;
}

/**
 * Returns whether anybody can register names directly below this domain: `com`, `co.uk`, `github.io`. An ending that is not
 * on the Public Suffix List, such as `example`, counts as a public suffix. A dot at the end is ignored.
 */
export function isPublicSuffix(domain: string): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain.replace(/\.$/, '');
}

/** Returns the name of a site: `https://shop.example`. */
export const siteOf = ({ protocol, hostname }: URL): string => `${protocol}//${registrableDomain(hostname)}`;

/**
 * Returns whether two URLs belong to the same site: same scheme and same registrable domain, with any subdomain and port
 * (HTML standard, "same site"). A URL without a host (`data:`, `about:`) belongs to no site.
 */
export function sameSite(a: URL, b: URL): boolean {
  if (a.hostname === '' || b.hostname === '') return false;
  return a.protocol === b.protocol && registrableDomain(a.hostname) === registrableDomain(b.hostname);
}

/**
 * Returns whether the browser treats this address as secure: it uses TLS, or the connection never leaves the machine (Secure
 * Contexts, section 3.1). RFC 6265bis lets the browser decide where Secure cookies may go; Chromium stores and sends them at
 * http://localhost and http://127.0.0.1 (measured).
 */
export function isPotentiallyTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:' || isLoopback(hostname.replace(/\.+$/, ''));
}

function isLoopback(hostname: string): boolean {
  if (isIPv4(hostname)) return hostname.startsWith('127.');
  return hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Returns the same address over https: port 80 becomes 443, and any other port stays. */
export function withHttps(url: URL): URL {
  const secure = new URL(url);
  secure.protocol = 'https:';
  return secure;
}

/** Returns whether the host is an IP address. */
export function isAddress({ hostname }: URL): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
