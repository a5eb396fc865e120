import { isIPv4 } from 'node:net';

/**
 * Whether a browser trusts the way to this address with a Secure cookie: TLS, or a connection that never leaves the
 * machine. RFC 6265bis leaves the choice to the browser; Chromium stores and sends Secure cookies at http://localhost and
 * http://127.0.0.1 (measured), and so does tough-cookie.
 */
export function usesSecureProtocol(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'wss:' || isLoopback(url.hostname.replace(/\.+$/, ''));
}

function isLoopback(hostname: string): boolean {
  if (isIPv4(hostname)) return hostname.startsWith('127.');
  return hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
