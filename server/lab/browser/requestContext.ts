import type { ReferrerPolicy } from './referrer.ts';
import { registrableDomain, sameSite, siteOf } from './site.ts';

/** What a browser knows about a request when it decides about cookies and headers. */
export interface RequestContext {
  url: URL;
  /** In capitals: `GET`, `POST`. */
  method: string;
  /** The page that causes the request; null when a person typed the address or opened a bookmark. */
  initiator: URL | null;
  /** True: the response replaces the page in the window (link, form, redirect). False: a page fetches something. */
  navigation: boolean;
  /**
   * An element of the page loads it: an <img>, or a <link> to a style sheet. No script can read the response, so CORS does not apply
   * and no Origin is sent.
   */
  loadedAs?: 'image' | 'style';
  /** A fetch() with mode "no-cors": it sends what a form could send, and its script can read no response of another origin. */
  noCors?: boolean;
  /** The response goes into a frame of the page: a navigation that leaves the window, and its site, as they are. */
  inFrame?: boolean;
  /** The person clicked. Only a navigation tells the server so (Sec-Fetch-User). One without an initiator tells it without this. */
  clicked?: boolean;
  /** The page’s referrer policy, or that of a redirect. Default: strict-origin-when-cross-origin. */
  referrerPolicy?: ReferrerPolicy;
  /** What the request names as its referrer, before the policy shortens it. Default: the page. '' names nothing. */
  referrer?: string;
  /** The Origin of a form, or of a fetch() with mode "no-cors", that was redirected: what it was before, or `null`. */
  formOrigin?: string;
  /** The URLs that redirected to this one, oldest first. */
  redirects?: readonly URL[];
  /**
   * How many of the redirects Sec-Fetch-Site does not count. Chromium (156) sends a fetch() anew when it becomes cross-origin,
   * and when it is cross-origin and needs a preflight or changes its method; it then forgets where the request has been.
   */
  forgotten?: number;
}

/** RFC 9110 section 9.2.1: methods that only read. */
const safeMethods = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export function usesSafeMethod({ method }: RequestContext): boolean {
  return safeMethods.includes(method.toUpperCase());
}

/**
 * RFC 6265bis section 5.2: a request that no page caused is same-site by definition. Chromium (156) looks at the page and at
 * the URL that is asked now, not at the redirects between them.
 */
export function isSameSiteRequest({ initiator, url }: RequestContext): boolean {
  return initiator === null || sameSite(initiator, url);
}

/** Whether the response replaces the page in the window, so that the address bar shows where it comes from. */
export function isTopLevel({ navigation, inFrame = false }: RequestContext): boolean {
  return navigation && !inFrame;
}

/** Ends the name of the partition of frames of another site. */
export const foreignFrame = ' in a frame of another site';

/**
 * CHIPS, draft-cutler-httpbis-partitioned-cookies section 2: the partition whose cookies a request can carry and set: the site of
 * the page in the window. Chromium (156) keeps what a frame of another site has apart from what the page itself asks of that site.
 */
export function partitionOf(context: RequestContext): string {
  const { initiator, url, inFrame = false } = context;
  if (initiator === null || isTopLevel(context)) return siteOf(url);
  return inFrame && !sameSite(initiator, url) ? siteOf(initiator) + foreignFrame : siteOf(initiator);
}

/** Names the site that causes a cross-site request: its host, or its origin where only the scheme differs. */
export function requestSource({ initiator, url }: RequestContext): string {
  if (initiator === null || initiator.hostname === '') return 'an unknown site';
  const onlySchemeDiffers = registrableDomain(initiator.hostname) === registrableDomain(url.hostname);
  return onlySchemeDiffers ? initiator.origin : initiator.hostname;
}

/** Fetch standard, "response tainting": whether a fetch() has ever asked another origin than its page’s. */
export function isCrossOrigin({ initiator, url, redirects = [] }: RequestContext): boolean {
  return initiator !== null && [...redirects, url].some(({ origin }) => origin !== initiator.origin);
}

/**
 * Returns the origin in whose name a page’s script asks (Fetch standard, "serializing a request origin"): `null` once the
 * request was redirected from one foreign origin to another one, because neither may speak for the page.
 */
export function requestOrigin({ initiator, url, redirects = [] }: RequestContext): string {
  if (initiator === null) return 'null';
  const path = [...redirects, url];
  const isTainted = path.some(({ origin }, index) => {
    const before = path[index - 1]?.origin ?? origin;
    return origin !== before && before !== initiator.origin;
  });
  return isTainted ? 'null' : initiator.origin;
}
