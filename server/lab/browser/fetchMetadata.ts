import type { Header } from '../../../scenarios/engine/trace.ts';
import type { RequestContext } from './requestContext.ts';
import { isPotentiallyTrustworthy, sameSite } from './site.ts';

/**
 * Returns the headers that tell a server where a request comes from: `Origin` and the `Sec-Fetch-…` family. A page cannot
 * change them. Simplified: the default referrer policy, no redirect chains, every subresource is a fetch() or an image, and
 * only a typed address counts as a user's own action (Sec-Fetch-User).
 */
export function fetchMetadata(context: RequestContext): Header[] {
  const origin = originHeader(context);
  return origin === null ? secFetchHeaders(context) : [['Origin', origin], ...secFetchHeaders(context)];
}

/** Fetch standard, "append a request Origin header". Null: no such header. */
function originHeader({ url, method, initiator, navigation, asImage = false }: RequestContext): string | null {
  const onlyReads = method === 'GET' || method === 'HEAD';
  const crossOrigin = initiator !== null && initiator.origin !== url.origin;
  if (onlyReads && (navigation || asImage || !crossOrigin)) return null;
  // A typed address has no page, so it has no origin.
  if (initiator === null) return 'null';
  const downgrade = initiator.protocol === 'https:' && url.protocol !== 'https:';
  // strict-origin-when-cross-origin, the default referrer policy, hides an https page from an http server. CORS does not.
  return navigation && downgrade ? 'null' : initiator.origin;
}

/** Fetch Metadata Request Headers, section 2: only for potentially trustworthy URLs. */
function secFetchHeaders(context: RequestContext): Header[] {
  if (!isPotentiallyTrustworthy(context.url)) return [];
  const headers: Header[] = [
    ['Sec-Fetch-Site', secFetchSite(context)],
    ['Sec-Fetch-Mode', secFetchMode(context)],
  ];
  if (context.navigation && context.initiator === null) headers.push(['Sec-Fetch-User', '?1']);
  headers.push(['Sec-Fetch-Dest', secFetchDest(context)]);
  return headers;
}

function secFetchSite({ url, initiator }: RequestContext): 'none' | 'same-origin' | 'same-site' | 'cross-site' {
  if (initiator === null) return 'none';
  if (initiator.origin === url.origin && url.origin !== 'null') return 'same-origin';
  return sameSite(initiator, url) ? 'same-site' : 'cross-site';
}

function secFetchMode({ navigation, asImage }: RequestContext): 'navigate' | 'no-cors' | 'cors' {
  if (navigation) return 'navigate';
  return asImage ? 'no-cors' : 'cors';
}

function secFetchDest({ navigation, asImage }: RequestContext): 'document' | 'image' | 'empty' {
  if (navigation) return 'document';
  return asImage ? 'image' : 'empty';
}
