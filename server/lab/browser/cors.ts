/**
 * The CORS protocol (Fetch standard): what a page of another origin must ask for first, and what it may read. For a request
 * with credentials, which are cookies here, `*` allows nothing.
 */
import type { Header } from '../../../scenarios/engine/trace.ts';
import { unsafeNames } from './safelist.ts';

type ResponseHeaders = Readonly<Record<string, string>>;

const safeMethods = ['GET', 'HEAD', 'POST'];

/** A request of a page to another origin, as far as CORS is concerned. */
export interface CorsRequest {
  /** In whose name the page asks: `https://shop.example`, or `null`. */
  origin: string;
  method: string;
  /** The headers that the page sets, Content-Type included. */
  headers: readonly Header[];
  /** Whether it carries cookies. */
  credentials: boolean;
}

/** Returns the headers of the preflight that a request needs, or null if it needs none because a form could send it as well. */
export function preflightFor({ method, headers }: Pick<CorsRequest, 'method' | 'headers'>): Header[] | null {
  const unsafe = unsafeNames(headers);
  if (safeMethods.includes(method) && unsafe.length === 0) return null;
  const asked: Header[] = [['Access-Control-Request-Method', method]];
  if (unsafe.length > 0) asked.push(['Access-Control-Request-Headers', unsafe.join(',')]);
  return asked;
}

/** Returns why the response to a preflight does not allow the request, or null if it does (CORS-preflight fetch, step 7). */
export function whyNotAllowed(
  { status, headers }: { status: number; headers: ResponseHeaders },
  { origin, method, headers: set, credentials }: CorsRequest,
): string | null {
  const why = whyUnreadable(headers, { origin, credentials });
  if (why !== null) return `the preflight response does not allow it: ${why}`;
  if (status < 200 || status > 299) return `the preflight was answered ${status}, and only 200 to 299 allows a request`;
  const methods = listIn(headers, 'access-control-allow-methods');
  const names = listIn(headers, 'access-control-allow-headers')?.map((name) => name.toLowerCase());
  if (!methods || !names) return 'the preflight response has a list that is malformed';
  const allows = (list: string[], one: string) => list.includes(one) || (!credentials && list.includes('*'));
  if (!safeMethods.includes(method) && !allows(methods, method)) {
    return `the preflight response does not allow the method ${method} (Access-Control-Allow-Methods)`;
  }
  const forbidden = unsafeNames(set).find((name) =>
    name === 'authorization' ? !names.includes(name) : !allows(names, name),
  );
  return forbidden === undefined
    ? null
    : `the preflight response does not allow the header ${forbidden} (Access-Control-Allow-Headers)`;
}

/** Returns why a script of that origin may not read a response, or null if it may (CORS check). */
export function whyUnreadable(
  headers: ResponseHeaders,
  { origin, credentials }: Pick<CorsRequest, 'origin' | 'credentials'>,
): string | null {
  const allowed = headers['access-control-allow-origin'];
  if (allowed === undefined) return `no Access-Control-Allow-Origin names ${origin}`;
  if (allowed === '*' && !credentials) return null;
  if (allowed === '*') return 'with cookies, Access-Control-Allow-Origin: * is not enough';
  if (allowed !== origin) return `Access-Control-Allow-Origin is ${allowed.replaceAll('\n', ', ')}, not ${origin}`;
  if (!credentials || headers['access-control-allow-credentials'] === 'true') return null;
  return 'Access-Control-Allow-Credentials is not true, and the request carries cookies';
}

/** Returns the items of a header that lists tokens; undefined if it is malformed (RFC 9110 section 5.6.1). */
function listIn(headers: ResponseHeaders, name: string): string[] | undefined {
  const items = (headers[name] ?? '').split(/[,\n]/).map((item) => item.trim());
  const named = items.filter((item) => item !== '');
  return named.every((item) => token.test(item)) ? named : undefined;
}

const token = /^[!#$%&'*+.^_`|~\w-]+$/;
