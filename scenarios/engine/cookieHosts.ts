/** Which hosts a cookie is for. Pure. */
import type { RecordedCookie } from './trace.ts';

/** Whether a request to that address could carry the cookie at all: its host is the cookie's (RFC 6265 section 5.1.3). */
export function isFor({ domain, hostOnly }: RecordedCookie, url: string): boolean {
  const host = hostIn(url);
  return host === domain || (!hostOnly && host.endsWith(`.${domain}`));
}

/** Whether an address is of another host of the same site, where the cookie could be expected: it is not sent there. */
export function isBeside(cookie: RecordedCookie, url: string): boolean {
  const host = hostIn(url);
  return !isFor(cookie, url) && host.endsWith(`.${cookie.domain}`);
}

/** Returns the host in an absolute address, without its port; '' for anything else. The engine has no URL. */
export const hostIn = (url: string): string => /^[\w+.-]+:\/\/(\[[^\]]+\]|[^/:?#]+)/.exec(url)?.[1] ?? '';

/** Returns the path of an absolute address, without its query. */
export const pathIn = (url: string): string => url.replace(/^\w+:\/\/[^/]+|[?#].*$/g, '') || '/';

/** Whether a browser took a Set-Cookie for one that deletes what it does not have: a second logout. @param why its reason in the trace */
export const deletesNothing = (why: string): boolean => / to delete\b/.test(why) && !why.includes('stays');
