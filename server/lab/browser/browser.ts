import type { LastResponse, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, Header, JarCause, JarCookie } from '../../../scenarios/engine/trace.ts';
import type { Answered, Host } from '../network/hosts.ts';
import { type HttpRequest, NoAnswer } from '../network/loopback.ts';
import type { Recorder } from '../recorder.ts';
import { redact } from '../redact.ts';
import type { Clock } from '../time/clock.ts';
import type { CookieState } from './cookieState.ts';
import { fetchMetadata } from './fetchMetadata.ts';
import { createHistory } from './history.ts';
import { createHsts } from './hsts.ts';
import { createJar } from './jar.ts';
import type { RequestContext } from './requestContext.ts';
import { registrableDomain } from './site.ts';

export interface Surroundings {
  clock: Clock;
  recorder: Recorder;
  /** Who answers for a host name. Throws for a host that the scenario does not have. */
  hostOf: (url: URL) => Host;
  /** The next request's number in the trace. */
  nextRequest: () => number;
  signal: AbortSignal;
  /** Name of the app's session cookie. */
  sessionCookie: string;
}

/** One request as the browser is asked to make it. */
export interface Asked {
  method: string;
  url: URL;
  /** The page that causes it; null when a person typed the address. */
  initiator: URL | null;
  /** The answer becomes the page in the window. */
  navigation: boolean;
  /** The page shows the answer as an image. */
  asImage?: boolean;
  body?: { type: string; text: string } | undefined;
  options?: RequestOptions;
  note?: string | null;
}

const mostRedirects = 10;

/** A browser: it keeps cookies, pages and HSTS hosts, adds the headers no page can change, and follows redirects. */
export function createBrowser({ name, label }: ActorOutline, address: string, surroundings: Surroundings) {
  const { clock, recorder, hostOf, nextRequest, signal } = surroundings;
  const jar = createJar();
  const hsts = createHsts();
  const history = createHistory();
  const userAgent = userAgentOf(label);

  const toTrace = ({ createdAt: _, partitioned: __, ...cookie }: CookieState): JarCookie => ({
    ...cookie,
    expiresAt: cookie.expiresAt === null ? null : cookie.expiresAt - Date.now() + clock.now(),
  });
  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', actor: name, cookies: jar.list().map(toTrace), cause });

  /** One request and its answer, redirects not followed. */
  async function exchange(asked: Asked): Promise<{ url: URL; response: LastResponse }> {
    signal.throwIfAborted();
    const { method, initiator, navigation, asImage = false, body, options = {} } = asked;
    const url = hsts.upgrade(asked.url);
    const context: RequestContext = { url, method, initiator, navigation, asImage };
    const fromJar = jar.send(context);
    const cookie = options.cookie === undefined ? fromJar.header : options.cookie || undefined;
    const own = Object.entries(options.headers ?? {});
    // Of what the browser adds, a page may replace these two.
    const usual = [
      ['User-Agent', userAgent],
      ['Accept', navigation ? 'text/html,application/json' : 'application/json'],
    ] satisfies Header[];
    const replaced = own.map(([name]) => name.toLowerCase());
    const headers: Header[] = [
      ['Host', url.host],
      ...usual.filter(([name]) => !replaced.includes(name.toLowerCase())),
      ...(body
        ? ([
            ['Content-Type', body.type],
            ['Content-Length', String(Buffer.byteLength(body.text))],
          ] as Header[])
        : []),
      ...fetchMetadata(context),
      ...own,
      ...(cookie === undefined ? [] : ([['Cookie', cookie]] as Header[])),
    ];
    const host = hostOf(url);
    const message: HttpRequest = {
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
      body: body ? redact(body.text) : null,
      note: asked.note ?? (url === asked.url ? null : 'upgraded to https, because the site once asked for it'),
      cookies: options.cookie === undefined ? fromJar.cookies : [],
    });

    const started = clock.now();
    let answered: Answered;
    try {
      answered = await host.answer(message, id);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      recorder.record({ type: 'request-failed', request: id, why, ms: clock.now() - started });
      if (error instanceof NoAnswer && options.patience !== undefined)
        return { url, response: gaveUp(options.patience) };
      throw new Error(`${method} ${url.pathname} got no answer: ${why}`);
    }
    const ms = clock.now() - started;
    const received =
      options.cookie === undefined
        ? valuesOf(answered.headers, 'set-cookie').map((header) => jar.receive(header, context))
        : [];
    recorder.record({ type: 'response', request: id, ...answered, ms, cookies: received });
    if (received.length > 0) recordJar({ by: 'response', request: id });
    const response = asSeen(answered, ms);
    hsts.notice(url, response.headers['strict-transport-security']);
    clearSiteData(id, url, response.headers['clear-site-data']);
    return { url, response };
  }

  /** Clear-Site-Data, sections 3.1 and 4: over https only, for the whole registrable domain where cookies are meant. */
  function clearSiteData(request: number, url: URL, header: string | undefined): void {
    if (header === undefined || url.protocol !== 'https:') return;
    if (/"(cache|\*)"/.test(header)) history.forget();
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
    toTrace,
    recordJar,

    /** Make a request and follow where its answer sends. */
    async request(asked: Asked): Promise<LastResponse> {
      let next = asked;
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const { url, response } = await exchange(next);
        const location = response.headers.location;
        if (location === undefined || ![301, 302, 303, 307, 308].includes(response.status)) {
          if (asked.navigation) history.visited(url.href, response);
          return response;
        }
        next = redirected(next, new URL(location, url), response.status);
      }
      throw new Error(`${asked.url.href} redirects more than ${mostRedirects} times.`);
    },

    async back(): Promise<LastResponse> {
      const { url, kept } = history.back();
      if (kept) {
        recorder.record({ type: 'page-shown', actor: name, url, status: kept.status, body: kept.text });
        return kept;
      }
      const asked: Asked = {
        method: 'GET',
        url: new URL(url),
        initiator: null,
        navigation: true,
        note: 'Back: not kept, so asked for again',
      };
      return (await exchange(asked)).response;
    },

    closeBrowser(): void {
      jar.closeBrowser();
      recordJar({ by: 'closed' });
    },

    age(ms: number): void {
      jar.age(ms);
      hsts.age(ms);
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;

/** Fetch standard, HTTP-redirect fetch: after 303, and after 301 and 302 of a POST, the next request is a GET without a body. */
function redirected(asked: Asked, url: URL, status: number): Asked {
  const becomesGet = status === 303 || ((status === 301 || status === 302) && asked.method === 'POST');
  const { body, ...rest } = asked;
  const note = 'follows a redirect';
  if (becomesGet) return { ...rest, method: 'GET', url, note };
  return body ? { ...rest, body, url, note } : { ...rest, url, note };
}

/** What somebody has who stopped waiting. */
const gaveUp = (ms: number): LastResponse => ({ status: 0, headers: {}, text: '', json: undefined, ms, by: 'nobody' });

const valuesOf = (headers: Header[], name: string) =>
  headers.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);

/** The User-Agent of the browser of somebody with that name; a header takes ASCII only. */
export const userAgentOf = (label: string) => `Mozilla/5.0 (${inAscii(label)})`;

/** A header holds ASCII alone: letters lose their accents, quotes their curves. */
const inAscii = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?');

/** @param ms real milliseconds from the request's first byte to the response's last */
export function asSeen({ status, headers, body, by }: Answered, ms: number): LastResponse {
  const seen: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    seen[key] = key in seen ? `${seen[key]}\n${value}` : value;
  }
  return { status, headers: seen, text: body, json: parseJson(body), ms, by };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
