import type { Header } from '../../../scenarios/engine/trace.ts';
import { defaultPolicy, refererFor } from './referrer.ts';
import { isCrossOrigin, type RequestContext, requestOrigin } from './requestContext.ts';
import { isPotentiallyTrustworthy, sameSite } from './site.ts';

/**
 * Returns the headers that tell a server where a request comes from: `Origin` and the `Sec-Fetch-…` family. A page cannot change
 * them. Every subresource here is a fetch(), an image, a style sheet or a frame.
 */
export function fetchMetadata(context: RequestContext): Header[] {
  const origin = originHeader(context);
  return origin === null ? secFetchHeaders(context) : [['Origin', origin], ...secFetchHeaders(context)];
}

/** The Referer of a request; '' for none. A redirect starts from what the request before it told. */
export function refererHeader({ url, initiator, referrer, referrerPolicy = defaultPolicy }: RequestContext): string {
  return refererFor(referrer ?? initiator?.href ?? '', referrerPolicy, url);
}

/** Fetch standard, "append a request Origin header". Null: no such header. */
function originHeader(context: RequestContext): string | null {
  const { method, navigation, loadedAs, noCors = false } = context;
  const onlyReads = method === 'GET' || method === 'HEAD';
  if (!navigation && !loadedAs && !noCors) return onlyReads && !isCrossOrigin(context) ? null : requestOrigin(context);
  return onlyReads ? null : originOfForm(context);
}

/**
 * The Origin of a form that is sent, and of a fetch() with mode "no-cors". A policy that hides the page hides the origin of a form, too;
 * that of a fetch() stays (Chromium 156), and so does what a redirect has made of it.
 */
export function originOfForm(context: RequestContext): string {
  const { url, initiator, formOrigin, noCors = false, referrerPolicy = defaultPolicy } = context;
  if (formOrigin !== undefined) return formOrigin;
  if (initiator === null) return 'null';
  const hidden = !noCors && refererFor(initiator.href, referrerPolicy, url) === '';
  return hidden ? 'null' : initiator.origin;
}

/** Fetch Metadata Request Headers, section 2: only for potentially trustworthy URLs. */
function secFetchHeaders(context: RequestContext): Header[] {
  const { url, navigation, initiator, clicked = false } = context;
  if (!isPotentiallyTrustworthy(url)) return [];
  const headers: Header[] = [
    ['Sec-Fetch-Site', secFetchSite(context)],
    ['Sec-Fetch-Mode', secFetchMode(context)],
  ];
  if (navigation && (clicked || initiator === null)) headers.push(['Sec-Fetch-User', '?1']);
  headers.push(['Sec-Fetch-Dest', secFetchDest(context)]);
  return headers;
}

/** Section 2.3: the farthest that the request has been from its page, redirects included. */
function secFetchSite({ url, initiator, redirects = [], forgotten = 0 }: RequestContext) {
  if (initiator === null) return 'none';
  const path = [...redirects.slice(forgotten), url];
  if (path.every(({ origin }) => initiator.origin === origin && origin !== 'null')) return 'same-origin';
  return path.every((one) => sameSite(initiator, one)) ? 'same-site' : 'cross-site';
}

function secFetchMode({ navigation, loadedAs, noCors }: RequestContext): 'navigate' | 'no-cors' | 'cors' {
  if (navigation) return 'navigate';
  return loadedAs || noCors ? 'no-cors' : 'cors';
}

function secFetchDest({ navigation, inFrame, loadedAs }: RequestContext) {
  if (inFrame) return 'iframe';
  return navigation ? 'document' : (loadedAs ?? 'empty');
}
