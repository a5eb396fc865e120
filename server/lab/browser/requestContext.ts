import { registrableDomain, sameSite } from './site.ts';

/** What a browser knows about a request when it decides about cookies. */
export interface RequestContext {
  url: URL;
  /** In capitals: `GET`, `POST`. */
  method: string;
  /** The page that causes the request; null when a person typed the address or clicked a bookmark. */
  initiator: URL | null;
  /** True: the answer replaces the page in the window (link, form, redirect). False: a page fetches something. */
  navigation: boolean;
  /** The page shows it as an image, and its scripts never see the answer: nobody has to be asked, so no Origin is told. */
  asImage?: boolean;
}

/** RFC 9110 section 9.2.1: methods that only ask. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export function usesSafeMethod(context: RequestContext): boolean {
  return SAFE_METHODS.includes(context.method.toUpperCase());
}

/** RFC 6265bis section 5.2: a request that no page caused is same-site by definition. */
export function isSameSiteRequest(context: RequestContext): boolean {
  return context.initiator === null || sameSite(context.initiator, context.url);
}

/**
 * Who causes a cross-site request, in words for a learner: the host, or the whole origin where only the scheme makes it
 * another site.
 */
export function requestSource({ initiator, url }: RequestContext): string {
  if (initiator === null || initiator.hostname === '') return 'a page of no site';
  const onlySchemeDiffers = registrableDomain(initiator.hostname) === registrableDomain(url.hostname);
  return onlySchemeDiffers ? initiator.origin : initiator.hostname;
}
