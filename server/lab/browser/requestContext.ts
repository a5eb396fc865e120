import { registrableDomain, sameSite } from './site.ts';

/** What a browser knows about a request when it decides about cookies and headers. */
export interface RequestContext {
  url: URL;
  /** In capitals: `GET`, `POST`. */
  method: string;
  /** The page that causes the request; null when a person typed the address or opened a bookmark. */
  initiator: URL | null;
  /** True: the response replaces the page in the window (link, form, redirect). False: a page fetches something. */
  navigation: boolean;
  /** The page shows the response as an image. No script can read it, so CORS does not apply and no Origin is sent. */
  asImage?: boolean;
}

/** RFC 9110 section 9.2.1: methods that only read. */
const safeMethods = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export function usesSafeMethod({ method }: RequestContext): boolean {
  return safeMethods.includes(method.toUpperCase());
}

/** RFC 6265bis section 5.2: a request that no page caused is same-site by definition. */
export function isSameSiteRequest({ initiator, url }: RequestContext): boolean {
  return initiator === null || sameSite(initiator, url);
}

/** Names the site that causes a cross-site request: its host, or its origin where only the scheme differs. */
export function requestSource({ initiator, url }: RequestContext): string {
  if (initiator === null || initiator.hostname === '') return 'an unknown site';
  const onlySchemeDiffers = registrableDomain(initiator.hostname) === registrableDomain(url.hostname);
  return onlySchemeDiffers ? initiator.origin : initiator.hostname;
}
