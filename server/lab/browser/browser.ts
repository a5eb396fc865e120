import type { LastResponse, RequestOptions } from '../../../scenarios/engine/cast.ts';
import { asError } from '../../../scenarios/engine/errors.ts';
import type { ActorOutline, Header, JarCause, ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import { valuesOf } from '../headers.ts';
import type { Answered, Host } from '../network/hosts.ts';
import { type HttpRequest, NoAnswer, type OpenResponse } from '../network/loopback.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from '../time/clock.ts';
import { type Cookie, toJarCookie } from './cookies/cookie.ts';
import { createJar } from './cookies/jar.ts';
import { fetchMetadata } from './fetchMetadata.ts';
import { createHistory } from './history.ts';
import { createHsts } from './hsts.ts';
import type { RequestContext } from './requestContext.ts';
import { registrableDomain } from './site.ts';
import { createStreams } from './streams.ts';

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
  /** false: the page's fetch() neither sends cookies nor stores any. Default: true. */
  credentials?: boolean;
  options?: RequestOptions;
  /** How the request came about, for the trace. */
  note?: string | null;
}

const mostRedirects = 10;

/**
 * Creates a browser. It keeps cookies, pages and HSTS hosts, adds the headers that no page can change, and follows redirects.
 * @param address the IP address it sends from
 */
export function createBrowser({ name, label }: ActorOutline, address: string, environment: BrowserEnvironment) {
  const { clock, recorder, hostOf, nextRequest, signal } = environment;
  const jar = createJar();
  const hsts = createHsts();
  const history = createHistory();
  const streams = createStreams(name, { clock, recorder });
  const userAgent = userAgentOf(label);

  const toTrace = (cookie: Cookie) => toJarCookie(cookie, clock.now());
  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', actor: name, cookies: jar.list().map(toTrace), cause });

  /** Sends one request and returns its response. Does not follow redirects. */
  async function exchange(asked: BrowserRequest): Promise<{ url: URL; response: LastResponse }> {
    signal.throwIfAborted();
    const url = withoutFragment(hsts.upgrade(asked.url));
    const request: BrowserRequest = { ...asked, url };
    const { method, body, credentials = true, options = {} } = request;
    const usesJar = options.cookie === undefined;
    const fromJar = credentials ? jar.send(request) : withheld(jar.send(request));
    const headers = headersOf(request, userAgent, usesJar ? fromJar.header : options.cookie || undefined);
    const host = hostOf(url);
    let stream: OpenResponse | undefined;
    const message: HttpRequest = {
      streamed: (response) => {
        stream = response;
      },
      method,
      url,
      headers,
      body: body?.text ?? null,
      address,
      patience: options.patience,
    };
    const id = nextRequest();
    recorder.record({
      type: 'request',
      id,
      actor: name,
      method,
      url: url.href,
      headers,
      forwarded: host.forwarded(message),
      body: body?.text ?? null,
      note:
        [request.note, url.protocol === asked.url.protocol ? null : 'upgraded to https by HSTS']
          .filter(Boolean)
          .join(', ') || null,
      cookies: usesJar ? fromJar.cookies : [],
    });

    const started = clock.now();
    let answered: Answered;
    try {
      answered = await host.answer(message, id);
    } catch (error) {
      const why = asError(error).message;
      recorder.record({ type: 'request-failed', request: id, why, ms: clock.now() - started });
      if (error instanceof NoAnswer && options.patience !== undefined) {
        return { url, response: gaveUp(options.patience) };
      }
      throw new Error(`${method} ${url.pathname} got no answer: ${why}`);
    }
    const ms = clock.now() - started;
    const setCookies = usesJar && options.storeCookies !== false ? valuesOf(answered.headers, 'set-cookie') : [];
    const received = setCookies.map((header) =>
      credentials ? jar.receive(header, request) : ignored(createJar().receive(header, request)),
    );
    recorder.record({ type: 'response', request: id, ...answered, ms, cookies: received });
    if (received.length > 0) recordJar({ by: 'response', request: id });
    if (stream) streams.add(id, stream);
    const response = toLastResponse(answered, ms);
    hsts.notice(url, response.headers['strict-transport-security']);
    clearSiteData(id, url, response.headers['clear-site-data']);
    return { url, response };
  }

  /** Clear-Site-Data, sections 3.1 and 4: over https only; "cookies" covers the whole registrable domain. */
  function clearSiteData(request: number, url: URL, header: string | undefined): void {
    if (header === undefined || url.protocol !== 'https:') return;
    if (/"(cache|\*)"/.test(header)) history.clearPages();
    if (!/"(cookies|\*)"/.test(header)) return;
    for (const cookie of jar.list()) {
      if (registrableDomain(cookie.domain) === registrableDomain(url.hostname)) jar.remove(cookie);
    }
    recordJar({ by: 'site-data', request });
  }

  return {
    name,
    label,
    jar,
    streams,
    toTrace,
    recordJar,

    /** Sends a request and follows redirects. Returns the last response. */
    async request(first: BrowserRequest): Promise<LastResponse> {
      let next = first;
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const { url, response } = await exchange(next);
        const location = response.headers.location;
        if (location === undefined || ![301, 302, 303, 307, 308].includes(response.status)) {
          if (first.navigation) history.visited(url.href, response);
          return response;
        }
        next = redirected(next, new URL(location, url), response.status);
      }
      throw new Error(`${first.url.href} redirects more than ${mostRedirects} times.`);
    },

    /** Presses the Back button. */
    async back(): Promise<LastResponse> {
      const { url, page } = history.back();
      if (page) {
        recorder.record({ type: 'page-shown', actor: name, url, status: page.status, body: page.text });
        return page;
      }
      const note = 'Back: not stored, so requested again';
      const { response } = await exchange({
        method: 'GET',
        url: new URL(url),
        initiator: null,
        navigation: true,
        note,
      });
      return response;
    },

    closeBrowser(): void {
      streams.closeAll();
      jar.closeBrowser();
      recordJar({ by: 'closed' });
    },

    /** Makes cookies and HSTS hosts `ms` milliseconds older. */
    age(ms: number): void {
      jar.age(ms);
      hsts.age(ms);
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;

function headersOf(request: BrowserRequest, userAgent: string, cookie: string | undefined): Header[] {
  const { url, navigation, body, options = {} } = request;
  const own = Object.entries(options.headers ?? {});
  const replaced = own.map(([name]) => name.toLowerCase());
  const headers: Header[] = [];
  // No page can replace this one. A program such as curl can.
  if (!replaced.includes('host')) headers.push(['Host', url.host]);
  // Of the headers that a browser adds, a page may replace these two.
  if (!replaced.includes('user-agent')) headers.push(['User-Agent', userAgent]);
  if (!replaced.includes('accept')) {
    headers.push(['Accept', navigation ? 'text/html,application/json' : 'application/json']);
  }
  if (body) headers.push(['Content-Type', body.type], ['Content-Length', String(Buffer.byteLength(body.text))]);
  headers.push(...fetchMetadata(request), ...own);
  if (cookie !== undefined) headers.push(['Cookie', cookie]);
  return headers;
}

const noCredentials = 'the page’s fetch() does not say credentials: "include"';

/** Fetch standard, "append a request `Cookie` header": only if the request includes credentials. */
const withheld = ({ cookies }: { cookies: SentCookie[] }) => ({
  header: undefined,
  cookies: cookies.map((cookie) => (cookie.sent ? { ...cookie, sent: false, why: noCredentials } : cookie)),
});

/** Fetch standard, "parse and store response `Set-Cookie` headers": only if the request includes credentials. */
const ignored = (cookie: ReceivedCookie): ReceivedCookie => ({ ...cookie, outcome: 'refused', why: noCredentials });
/** A browser keeps what is behind the # to itself. */
function withoutFragment(url: URL): URL {
  const sent = new URL(url);
  sent.hash = '';
  return sent;
}

/** Fetch standard, HTTP-redirect fetch: after 303, and after 301 and 302 of a POST, the next request is a GET without a body. */
function redirected(request: BrowserRequest, url: URL, status: number): BrowserRequest {
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  const next = { ...request, url, note: 'follows a redirect' };
  return becomesGet ? { ...next, method: 'GET', body: undefined } : next;
}

/** The response of an actor who stopped waiting after `ms` milliseconds. */
const gaveUp = (ms: number): LastResponse => ({ status: 0, headers: {}, text: '', json: undefined, ms, by: 'nobody' });

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
