/** The page of another site that made a browser send a request. Pure. */
import { hostIn, pathIn } from './cookieHosts.ts';
import { quotedError } from './lastAnswer.ts';
import type { Exchange, View } from './read.ts';

export interface OtherPage {
  /** Its host: "evil.example". */
  page: string;
  /** What the app answered; null when nobody answered. */
  status: number | null;
  /** What the app says of why it refused the request, as a quotation; '' when it says nothing. */
  error: string;
  /** Whether that page's script could read the response to its GET; null when it could not try to. */
  read: boolean | null;
  /** "POST /orders" */
  request: string;
}

/** Returns that page; null when there is none. A link that the user followed is none, nor is the app's own front end. */
export function otherPage(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  { header }: Pick<View, 'header'>,
): OtherPage | null {
  const headerOf = (name: string) => request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  if (headerOf('sec-fetch-site') !== 'cross-site' && headerOf('sec-fetch-site') !== 'same-site') return null;
  if (request.method === 'GET' && headerOf('sec-fetch-mode') === 'navigate') return null;
  const from = headerOf('origin') ?? headerOf('referer');
  if (header.frontEnds?.includes(from ?? '')) return null;
  const fetched = request.method === 'GET' && headerOf('sec-fetch-mode') === 'cors';
  return {
    page:
      hostIn(from ?? '') ||
      (headerOf('sec-fetch-site') === 'same-site' ? 'another host of the same site' : 'another site'),
    status: response?.status ?? null,
    error: quotedError(response),
    read: fetched && response ? allowsReading(response, from) : null,
    request: `${request.method} ${pathIn(request.url)}`,
  };
}

/** The CORS check of the Fetch standard, for a request with credentials. */
function allowsReading({ headers }: NonNullable<Exchange['response']>, origin: string | undefined): boolean {
  const headerOf = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1];
  return headerOf('access-control-allow-origin') === origin && headerOf('access-control-allow-credentials') === 'true';
}
