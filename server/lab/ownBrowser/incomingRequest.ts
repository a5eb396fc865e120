import type { Header } from '../../../scenarios/engine/trace.ts';
import type { RequestContext } from '../browser/requestContext.ts';
import { valuesOf } from '../headers.ts';
import { parseUrl } from '../network/parseUrl.ts';

/** A request that a real browser sent to the sandbox's own host. */
export interface IncomingRequest {
  method: string;
  /** As in the address bar: `http://3f2a90c1d4e7.localhost:3000/me`. */
  url: URL;
  /** All headers, in order. */
  headers: Header[];
  body: Buffer;
  /** The IP address it comes from. */
  address: string;
}

/** Infers what the browser knew when it decided about cookies, from Fetch Metadata, Origin and Referer. */
export function contextOf({ method, url, headers }: IncomingRequest): RequestContext {
  const mode = firstValue(headers, 'sec-fetch-mode');
  const navigation = mode === undefined ? /text\/html/.test(firstValue(headers, 'accept') ?? '') : mode === 'navigate';
  const dest = firstValue(headers, 'sec-fetch-dest') ?? '';
  const inFrame = ['iframe', 'frame', 'object', 'embed'].includes(dest);
  const context = { url, method, initiator: initiatorOf(url, headers), navigation };
  return { ...context, ...(inFrame && { inFrame }), ...((dest === 'image' || dest === 'style') && { loadedAs: dest }) };
}

function initiatorOf(url: URL, headers: readonly Header[]): URL | null {
  const site = firstValue(headers, 'sec-fetch-site');
  if (site === 'none') return null;
  if (site === 'same-origin') return url;
  const source = firstValue(headers, 'origin') ?? firstValue(headers, 'referer');
  const page = source === undefined ? null : parseUrl(source);
  if (page) return page;
  // Another page caused the request and does not say which one.
  return site === undefined ? null : new URL('about:blank');
}

const firstValue = (headers: readonly Header[], name: string) => valuesOf(headers, name)[0];
