import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import { parseUrl } from '../network/parseUrl.ts';
import { decodeUtf8, encodeUtf8 } from './cookies/byteString.ts';
import { preflightFor } from './cors.ts';
import type { BrowserRequest } from './exchange.ts';
import { originOfForm, refererHeader } from './fetchMetadata.ts';
import { parseReferrerPolicy } from './referrer.ts';
import { isCrossOrigin } from './requestContext.ts';

const statuses = [301, 302, 303, 307, 308];

/** A redirect that a browser does not follow. The message is the end of a sentence that begins with the address. */
export class BadRedirect extends Error {}

/**
 * Returns the request that follows a response (Fetch standard, HTTP-redirect fetch); null if it is no redirect, as without a
 * Location, or with one that is blank.
 * @throws BadRedirect for an address to which no browser goes
 */
export function followUp(request: BrowserRequest, response: LastResponse): BrowserRequest | null {
  const location = response.headers.location?.trim() ?? '';
  if (location === '' || !statuses.includes(response.status)) return null;
  const becomesGet =
    response.status === 303
      ? request.method !== 'HEAD'
      : (response.status === 301 || response.status === 302) && request.method === 'POST';
  const policy = parseReferrerPolicy(response.headers['referrer-policy']);
  const next = redirected(request, targetOf(location, request.url), becomesGet);
  // Chromium (156). The standard forbids it only to a fetch() of another origin.
  if (!next.navigation && next.url.username + next.url.password !== '') {
    throw new BadRedirect('redirects what a page loads to an address with a name or a password.');
  }
  return { ...next, note: 'follows a redirect', ...(policy !== null && { referrerPolicy: policy }) };
}

/** Returns the request after a redirect to that address. HSTS redirects, too, without asking anybody. */
export function redirected(request: BrowserRequest, url: URL, becomesGet = false): BrowserRequest {
  const sameOrigin = url.origin === request.url.origin;
  const next: BrowserRequest = {
    ...request,
    url,
    options: { ...request.options, headers: headersAfter(request, becomesGet, sameOrigin) },
    redirects: [...(request.redirects ?? []), request.url],
    referrer: refererHeader(request),
    formOrigin: sameOrigin ? originOfForm(request) : 'null',
    ...(becomesGet && { method: 'GET', body: undefined }),
  };
  return isSentAnew(request, next) ? { ...next, forgotten: next.redirects!.length } : next;
}

/** See `forgotten` in RequestContext. */
function isSentAnew(request: BrowserRequest, next: BrowserRequest): boolean {
  if (next.navigation || next.loadedAs || next.noCors || !isCrossOrigin(next)) return false;
  return !isCrossOrigin(request) || next.method !== request.method || preflightFor(corsPartOf(next)) !== null;
}

/** The method and the headers that decide about a preflight. */
export function corsPartOf({ method, body, options = {} }: BrowserRequest) {
  const own = Object.entries(options.headers ?? {});
  return { method, headers: body ? [...own, ['Content-Type', body.type] as [string, string]] : own };
}

function targetOf(location: string, base: URL): URL {
  const shown = location.replaceAll('\n', ' and ');
  if (/\n/.test(location) && new Set(location.split('\n')).size > 1) {
    throw new BadRedirect(`redirects to two addresses (${shown}), and the browser follows neither.`);
  }
  const text = readable(location.split('\n', 1)[0]!);
  const url = parseUrl(text, base);
  if (!url) throw new BadRedirect(`redirects to "${shown}", which is no address.`);
  if (!/^https?:$/.test(url.protocol)) {
    throw new BadRedirect(`redirects to "${shown}", and a browser follows a redirect to http and https only.`);
  }
  if (url.hash === '') url.hash = base.hash;
  return url;
}

/** Chromium (156) reads a Location as UTF-8. The bytes of any other text are escaped one by one. @param location one byte per character */
function readable(location: string): string {
  const text = decodeUtf8(location);
  if (encodeUtf8(text) === location) return text;
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Headers that describe a body, and those that are for one origin only. */
const aboutBody = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];

function headersAfter({ options = {} }: BrowserRequest, becomesGet: boolean, sameOrigin: boolean) {
  const dropped = [...(becomesGet ? aboutBody : []), ...(sameOrigin ? [] : ['authorization'])];
  return Object.fromEntries(
    Object.entries(options.headers ?? {}).filter(([name]) => !dropped.includes(name.toLowerCase())),
  );
}
