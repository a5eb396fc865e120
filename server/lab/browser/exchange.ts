import type { LastResponse, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { Header, ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import { valuesOf } from '../headers.ts';
import type { Answered, Host } from '../network/hosts.ts';
import { NoAnswer, type OpenResponse } from '../network/loopback.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from '../time/clock.ts';
import { toJarCookie } from './cookies/cookie.ts';
import { type BrowserJar, createJar } from './cookies/jar.ts';
import { fetchMetadata, refererHeader } from './fetchMetadata.ts';
import { recordExchange } from './recordedExchange.ts';
import { isCrossOrigin, type RequestContext } from './requestContext.ts';
import type { Streams } from './streams.ts';

/** What a browser needs from its sandbox. */
export interface BrowserEnvironment {
  clock: Clock;
  recorder: Recorder;
  /** Returns the host that answers for a URL. Throws if the scenario does not have it. */
  hostOf: (url: URL) => Host;
  /** Returns the number of the next request in the trace. */
  nextRequest: () => number;
  /** Aborted when the sandbox ends. */
  signal: AbortSignal;
  /** Name of the app's session cookie. */
  sessionCookie: string;
}

/** A request that the browser is to send. */
export interface BrowserRequest extends RequestContext {
  body?: { type: string; text: string } | undefined;
  /** Whether the page's fetch() sends cookies and stores any. Default: include. */
  credentials?: NonNullable<RequestOptions['credentials']>;
  options?: RequestOptions;
  /** How the request came about, for the trace. */
  note?: string | null;
}

/** Fetch standard, "HTTP-network-or-cache fetch": whether the request carries cookies and its response may set them. */
export function hasCredentials(request: BrowserRequest): boolean {
  const { credentials = 'include' } = request;
  return credentials === 'include' || (credentials === 'same-origin' && !isCrossOrigin(request));
}

interface Sender {
  name: string;
  /** The IP address it sends from. */
  address: string;
  userAgent: string;
  jar: BrowserJar;
  streams: Streams;
}

/** Returns a function that sends one request, records it with its response, and applies the response's cookies. Follows no redirect. */
export function createExchange(
  { name, address, userAgent, jar, streams }: Sender,
  { clock, recorder, hostOf, nextRequest, signal }: BrowserEnvironment,
) {
  return async function exchange(asked: BrowserRequest): Promise<{ id: number; response: LastResponse }> {
    signal.throwIfAborted();
    const url = withoutFragment(asked.url);
    const request: BrowserRequest = { ...asked, url };
    const { method, body, options = {} } = request;
    const credentials = hasCredentials(request);
    const usesJar = options.cookie === undefined;
    const fromJar = credentials ? jar.send(request) : withheld(jar.send(request));
    const headers = headersOf(request, userAgent, usesJar ? fromJar.header : options.cookie || undefined);
    const host = hostOf(url);
    let stream: OpenResponse | undefined;
    const message = {
      ...{ method, url, headers, address, body: body?.text ?? null, patience: options.patience },
      streamed: (response: OpenResponse) => {
        stream = response;
      },
    };
    const id = nextRequest();
    const cookies = usesJar ? fromJar.cookies : [];
    const storesCookies = usesJar && options.storeCookies !== false;
    const receive = ({ headers }: Answered) =>
      (storesCookies ? valuesOf(headers, 'set-cookie') : []).map((header) =>
        credentials ? jar.receive(header, request, valuesOf(headers, 'date')[0]) : ignored(header, request),
      );
    let exchanged: Awaited<ReturnType<typeof recordExchange>>;
    try {
      const sent = { id, actor: name, message, cookies, note: request.note ?? null };
      exchanged = await recordExchange({ recorder, clock }, host, sent, receive);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { id, response: gaveUp(options.patience!) };
    }
    const { answered, ms, received } = exchanged;
    if (received.length > 0) {
      const cookies = jar.list().map((cookie) => toJarCookie(cookie, clock.now()));
      recorder.record({ type: 'jar', actor: name, cookies, cause: { by: 'response', request: id } });
    }
    if (stream) streams.add(id, stream);
    return { id, response: toLastResponse(answered, ms) };
  };
}

/** What an element of a page accepts, as Chromium (156) says it. Some builds accept more types of images. */
const acceptOf = {
  image: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  style: 'text/css,*/*;q=0.1',
};

function headersOf(request: BrowserRequest, userAgent: string, cookie: string | undefined): Header[] {
  const { url, navigation, loadedAs, body, options = {} } = request;
  const own = Object.entries(options.headers ?? {});
  const replaced = own.map(([name]) => name.toLowerCase());
  const headers: Header[] = [];
  // No page can replace this one. A program such as curl can.
  if (!replaced.includes('host')) headers.push(['Host', url.host]);
  // Of the headers that a browser adds, a page may replace these two.
  if (!replaced.includes('user-agent')) headers.push(['User-Agent', userAgent]);
  if (!replaced.includes('accept')) {
    headers.push([
      'Accept',
      loadedAs ? acceptOf[loadedAs] : navigation ? 'text/html,application/json' : 'application/json',
    ]);
  }
  if (body) headers.push(['Content-Type', body.type], ['Content-Length', String(Buffer.byteLength(body.text))]);
  const referer = refererHeader(request);
  if (referer !== '') headers.push(['Referer', referer]);
  headers.push(...fetchMetadata(request), ...own);
  if (cookie !== undefined) headers.push(['Cookie', cookie]);
  return headers;
}

const noCredentials = 'the page’s fetch() does not say credentials: "include"';

/** Fetch standard, "append a request `Cookie` header": only if the request includes credentials. */
export const withheld = ({ cookies }: { cookies: SentCookie[] }) => ({
  header: undefined,
  cookies: cookies.map((cookie) => (cookie.sent ? { ...cookie, sent: false, why: noCredentials } : cookie)),
});

/** Fetch standard, "parse and store response `Set-Cookie` headers": only if the request includes credentials. */
export const ignored = (header: string, request: RequestContext): ReceivedCookie => ({
  ...createJar().receive(header, request),
  outcome: 'refused',
  why: noCredentials,
});

/** No browser sends the part behind the #. */
function withoutFragment(url: URL): URL {
  const sent = new URL(url);
  sent.hash = '';
  return sent;
}

/** The response of an actor who stopped waiting after `ms` milliseconds. */
export const gaveUp = (ms: number): LastResponse => ({
  status: 0,
  headers: {},
  text: '',
  json: undefined,
  ms,
  by: 'nobody',
});

/** Returns the User-Agent of an actor's browser. A header is ASCII, so letters lose their accents and quotes are straightened. */
export function userAgentOf(label: string): string {
  const ascii = label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?');
  return `Mozilla/5.0 (${ascii})`;
}

/** @param ms real milliseconds from the first byte of the request to the last byte of the response */
export function toLastResponse({ status, headers, body, by }: Answered, ms: number): LastResponse {
  const joined: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    joined[key] = key in joined ? `${joined[key]}\n${value}` : value;
  }
  return { status, headers: joined, text: body, json: parseJson(body), ms, by };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
