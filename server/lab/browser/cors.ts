/**
 * The CORS protocol (Fetch standard): what a page of another origin must ask for first, and what it may read. For a request
 * with credentials, which are cookies here, `*` allows nothing.
 */
import type { Header } from '../../../scenarios/engine/trace.ts';

type ResponseHeaders = Readonly<Record<string, string>>;

const safeMethods = ['GET', 'HEAD', 'POST'];
const safeHeaders = ['accept', 'accept-language', 'content-language', 'content-type'];
/** What a form can send. */
const safeTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;

/**
 * Returns the headers of the preflight that a request needs, or null if it needs none because a form could send it as well.
 * @param names of the headers that the page sets
 * @param type the Content-Type, if there is a body
 */
export function preflightFor(method: string, names: readonly string[], type: string | undefined): Header[] | null {
  const unsafe = unsafeHeaders(names, type);
  if (safeMethods.includes(method) && unsafe.length === 0) return null;
  const headers: Header[] = [['Access-Control-Request-Method', method]];
  if (unsafe.length > 0) headers.push(['Access-Control-Request-Headers', unsafe.join(',')]);
  return headers;
}

/** Returns whether the response to a preflight allows the request (CORS-preflight fetch, steps 7.5 to 7.7). */
export function preflightAllows(
  response: ResponseHeaders,
  origin: string,
  method: string,
  names: readonly string[],
  type: string | undefined,
  credentials = true,
): boolean {
  const methods = listed(response['access-control-allow-methods']);
  const headers = listed(response['access-control-allow-headers']).map((name) => name.toLowerCase());
  const allows = (list: string[], one: string) => list.includes(one) || (!credentials && list.includes('*'));
  return (
    mayRead(response, origin, credentials) &&
    (safeMethods.includes(method) || allows(methods, method)) &&
    unsafeHeaders(names, type).every((name) =>
      name === 'authorization' ? headers.includes(name) : allows(headers, name),
    )
  );
}

/** Returns whether a script of that origin may read the response (CORS check). */
export function mayRead(response: ResponseHeaders, origin: string, credentials = true): boolean {
  const allowed = response['access-control-allow-origin'];
  if (!credentials) return allowed === '*' || allowed === origin;
  return allowed === origin && response['access-control-allow-credentials'] === 'true';
}

function unsafeHeaders(names: readonly string[], type: string | undefined): string[] {
  const set = type === undefined ? names : [...names, 'Content-Type'];
  const unsafe = set
    .map((name) => name.toLowerCase())
    .filter((name) => !safeHeaders.includes(name) || (name === 'content-type' && !safeTypes.test(type ?? '')));
  return [...new Set(unsafe)].sort();
}

const listed = (text: string | undefined) => (text ?? '').split(',').map((item) => item.trim());
