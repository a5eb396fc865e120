import type { Header } from '../../../scenarios/engine/trace.ts';
import type { RequestContext } from '../browser/requestContext.ts';

/** A request as a real browser sent it to the sandbox's own host. */
export interface Incoming {
  method: string;
  /** As in its address bar: `http://3f2a90c1d4e7.localhost:3000/me`. */
  url: URL;
  /** All of them, in order. */
  headers: Header[];
  body: Buffer;
  /** The address it comes from. */
  address: string;
}

export const headerOf = (headers: readonly Header[], name: string) =>
  headers.find(([header]) => header.toLowerCase() === name)?.[1];

/** Speaks of one connection (RFC 9110 section 7.6.1), or of how a body arrived that has been read to its end. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  'content-length',
]);

/** Without what concerned the connection before; the length is the next one's to say. */
export const endToEnd = (headers: readonly Header[]) => headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));

/** What the browser knew when it decided about cookies, as far as its headers tell (Fetch Metadata, Origin, Referer). */
export function contextOf({ method, url, headers }: Incoming): RequestContext {
  const mode = headerOf(headers, 'sec-fetch-mode');
  const navigation = mode === undefined ? /text\/html/.test(headerOf(headers, 'accept') ?? '') : mode === 'navigate';
  const asImage = headerOf(headers, 'sec-fetch-dest') === 'image';
  return { url, method, initiator: initiatorOf(url, headers), navigation, asImage };
}

function initiatorOf(url: URL, headers: readonly Header[]): URL | null {
  const site = headerOf(headers, 'sec-fetch-site');
  if (site === 'none') return null;
  if (site === 'same-origin') return url;
  const said = headerOf(headers, 'origin') ?? headerOf(headers, 'referer');
  if (said !== undefined && URL.canParse(said)) return new URL(said);
  // Some other page's doing, which hides whose.
  return site === undefined ? null : new URL('about:blank');
}
