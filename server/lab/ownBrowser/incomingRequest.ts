import type { Header } from '../../../scenarios/engine/trace.ts';
import type { RequestContext } from '../browser/requestContext.ts';

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

/** Pairs up Node's `rawHeaders`, which alternate names and values. */
export const headersOf = ({ rawHeaders }: { rawHeaders: string[] }) =>
  rawHeaders.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []));

export const headerValue = (headers: readonly Header[], name: string) =>
  headers.find(([header]) => header.toLowerCase() === name)?.[1];

/** Headers for one connection only (RFC 9110 section 7.6.1), or about the transfer of a body that has been read. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  'content-length',
]);

/** Returns the headers that a proxy passes on. */
export const endToEnd = (headers: readonly Header[]) => headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));

/** Infers what the browser knew when it decided about cookies, from Fetch Metadata, Origin and Referer. */
export function contextOf({ method, url, headers }: IncomingRequest): RequestContext {
  const mode = headerValue(headers, 'sec-fetch-mode');
  const navigation = mode === undefined ? /text\/html/.test(headerValue(headers, 'accept') ?? '') : mode === 'navigate';
  const asImage = headerValue(headers, 'sec-fetch-dest') === 'image';
  return { url, method, initiator: initiatorOf(url, headers), navigation, asImage };
}

function initiatorOf(url: URL, headers: readonly Header[]): URL | null {
  const site = headerValue(headers, 'sec-fetch-site');
  if (site === 'none') return null;
  if (site === 'same-origin') return url;
  const source = headerValue(headers, 'origin') ?? headerValue(headers, 'referer');
  if (source !== undefined && URL.canParse(source)) return new URL(source);
  // Another page caused the request and does not say which one.
  return site === undefined ? null : new URL('about:blank');
}
