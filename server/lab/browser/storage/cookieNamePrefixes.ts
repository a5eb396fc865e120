import type { Arrival } from './arrival.ts';

/** What the name promises must be true. Case does not matter, because servers compare names in all sorts of ways. */
export function cookieNamePrefixes({ cookie, hasPathAttribute, api }: Arrival): string | null {
  const hostBound = cookie.secure && cookie.hostOnly && hasPathAttribute && cookie.path === '/';
  const fromServer = cookie.secure && cookie.httpOnly && api === 'http';
  // draft-ietf-httpbis-layered-cookies; Chromium 156 enforces both (measured).
  if (hasPrefix(cookie.name, '__Host-Http-')) {
    return hostBound && fromServer ? null : 'a __Host-Http- name needs Secure, HttpOnly, Path=/ and no Domain';
  }
  if (hasPrefix(cookie.name, '__Http-')) {
    return fromServer ? null : 'a __Http- name needs Secure and HttpOnly';
  }
  // RFC 6265bis section 5.7 step 20.
  if (hasPrefix(cookie.name, '__Secure-')) return cookie.secure ? null : 'a __Secure- name needs Secure';
  // Section 5.7 step 21.
  if (hasPrefix(cookie.name, '__Host-')) {
    return hostBound ? null : 'a __Host- name needs Secure, Path=/ and no Domain';
  }
  return null;
}

/** Without regard to case. */
export function hasPrefix(text: string, prefix: string): boolean {
  return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}
