/**
 * The CORS protocol (Fetch standard): what another site's page has to ask for first, and what it may read. Requests here carry
 * credentials, so that `*` allows nothing.
 */
import type { Header } from '../../../scenarios/engine/trace.ts';

type Answer = Readonly<Record<string, string>>;

const safeMethods = ['GET', 'HEAD', 'POST'];
const safeHeaders = ['accept', 'accept-language', 'content-language', 'content-type'];
/** What a plain form can send. */
const safeTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;

/**
 * The headers of the preflight a request needs; null where it needs none, because a form could send it as well.
 * @param names of the headers that the page itself has set
 * @param type the Content-Type, where there is a body
 */
export function preflightFor(method: string, names: readonly string[], type: string | undefined): Header[] | null {
  const unsafe = unsafeHeaders(names, type);
  if (safeMethods.includes(method) && unsafe.length === 0) return null;
  return [
    ['Access-Control-Request-Method', method],
    ...(unsafe.length === 0 ? [] : ([['Access-Control-Request-Headers', unsafe.join(',')]] as Header[])),
  ];
}

/** Whether the answer to a preflight allows the request (CORS-preflight fetch, steps 7.5 to 7.7). */
export function preflightAllows(
  answer: Answer,
  origin: string,
  method: string,
  names: readonly string[],
  type: string | undefined,
): boolean {
  const methods = listed(answer['access-control-allow-methods']);
  const headers = listed(answer['access-control-allow-headers']).map((name) => name.toLowerCase());
  return (
    mayRead(answer, origin) &&
    (safeMethods.includes(method) || methods.includes(method)) &&
    unsafeHeaders(names, type).every((name) => headers.includes(name))
  );
}

/** Whether a script of that origin gets to see the answer to a request with credentials (CORS check). */
export const mayRead = (answer: Answer, origin: string) =>
  answer['access-control-allow-origin'] === origin && answer['access-control-allow-credentials'] === 'true';

function unsafeHeaders(names: readonly string[], type: string | undefined): string[] {
  const set = type === undefined ? names : [...names, 'Content-Type'];
  const unsafe = set
    .map((name) => name.toLowerCase())
    .filter((name) => !safeHeaders.includes(name) || (name === 'content-type' && !safeTypes.test(type ?? '')));
  return [...new Set(unsafe)].sort();
}

const listed = (text: string | undefined) => (text ?? '').split(',').map((item) => item.trim());
