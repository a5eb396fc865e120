import type { Actor, LastResponse } from '../../scenarios/engine/cast.ts';
import type { ActorOutline, Header, JarCause, JarCookie } from '../../scenarios/engine/trace.ts';
import type { CookieState } from './browser/cookieState.ts';
import { fetchMetadata } from './browser/fetchMetadata.ts';
import { createJar } from './browser/jar.ts';
import type { RequestContext } from './browser/requestContext.ts';
import type { Clock } from './clock.ts';
import type { Edge } from './edge.ts';
import type { Recorder } from './recorder.ts';
import { redact } from './redact.ts';
import { type RawResponse, send } from './send.ts';

/** Where the shop is to its visitors. TLS ends at the edge; behind it the app is reached over plain http. */
export const shopOrigin = 'https://shop.example';

export interface Surroundings {
  clock: Clock;
  recorder: Recorder;
  edge: Edge;
  /** The next request's number in the trace. */
  nextRequest: () => number;
  signal: AbortSignal;
  /** Name of the app's session cookie. */
  sessionCookie: string;
}

/** An actor as the lab has it: somebody with a browser, who can also grow older. */
export interface LabActor extends Actor {
  age(ms: number): void;
}

/**
 * @param index which actor of the scenario it is; each has an address of its own from the range set apart for documentation
 * (RFC 5737)
 */
export function createActor({ name, label }: ActorOutline, index: number, surroundings: Surroundings): LabActor {
  const { clock, recorder, edge, nextRequest, signal, sessionCookie } = surroundings;
  const jar = createJar();
  const userAgent = `Mozilla/5.0 (${label.replace(/[^\x20-\x7e]/g, "'")})`;
  const address = `203.0.113.${index + 1}`;
  let last: LastResponse | undefined;

  const toTrace = ({ createdAt: _, partitioned: __, ...cookie }: CookieState): JarCookie => ({
    ...cookie,
    expiresAt: cookie.expiresAt === null ? null : cookie.expiresAt - Date.now() + clock.now(),
  });
  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', actor: name, cookies: jar.list().map(toTrace), cause });
  const find = (cookieName: string) => jar.list().find((cookie) => cookie.name === cookieName);

  async function request(method: string, path: string, body?: unknown): Promise<LastResponse> {
    signal.throwIfAborted();
    const url = new URL(path, shopOrigin);
    const context: RequestContext = { url, method, initiator: new URL(shopOrigin), navigation: false };
    const { header: cookieHeader, cookies } = jar.send(context);
    const text = body === undefined ? null : JSON.stringify(body);
    const headers: Header[] = [
      ['Host', url.host],
      ['User-Agent', userAgent],
      ['Accept', 'application/json'],
      ...(text === null ? [] : contentHeaders(text)),
      ...fetchMetadata(context),
      ...(cookieHeader === undefined ? [] : ([['Cookie', cookieHeader]] satisfies Header[])),
    ];
    const forwarded: Header[] = [
      ['X-Forwarded-For', address],
      ['X-Forwarded-Proto', url.protocol.slice(0, -1)],
    ];
    const id = nextRequest();
    const shownBody = text === null ? null : redact(text);
    recorder.record({
      type: 'request',
      id,
      actor: name,
      method,
      url: url.href,
      headers,
      forwarded,
      body: shownBody,
      cookies,
    });

    const started = clock.now();
    let response: RawResponse;
    try {
      const target = url.pathname + url.search;
      response = await send(edge, id, {
        method,
        path: target,
        headers: [...headers, ...forwarded, ['Connection', 'close']],
        body: text,
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      recorder.record({ type: 'request-failed', request: id, why, ms: clock.now() - started });
      throw new Error(`${method} ${url.pathname} got no answer: ${why}`);
    }
    const received = response.headers
      .filter(([header]) => header.toLowerCase() === 'set-cookie')
      .map(([, value]) => jar.receive(value, context));
    const ms = clock.now() - started;
    recorder.record({ type: 'response', request: id, ...response, ms, cookies: received });
    if (received.length > 0) recordJar({ by: 'response', request: id });
    last = asSeen(response);
    return last;
  }

  return {
    name,
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
    delete: (path, body) => request('DELETE', path, body),
    get last() {
      if (!last) throw new Error(`${label} has not sent a request yet, so there is no last response.`);
      return last;
    },
    cookie(cookieName = sessionCookie) {
      const cookie = find(cookieName);
      return cookie && toTrace(cookie);
    },
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = find(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - Date.now() : expiresAt;
    },
    async plantCookie(victim, cookieName = sessionCookie) {
      const cookie = find(cookieName);
      if (!cookie)
        throw new Error(
          `${label} has no cookie "${cookieName}" to plant; let ${name} send a request that gets one first.`,
        );
      recorder.record({
        type: 'cookie-planted',
        actor: name,
        victim: victim.name,
        name: cookieName,
        value: cookie.value,
      });
      (victim as BrowserOwner).receiveByHand(cookie, { by: 'planted', actor: name });
    },
    async copyCookie(victim, cookieName = sessionCookie) {
      const cookie = (victim as BrowserOwner).findCookie(cookieName);
      if (!cookie) throw new Error(`There is no cookie "${cookieName}" in the browser of "${victim.name}" to copy.`);
      recorder.record({
        type: 'cookie-copied',
        actor: name,
        victim: victim.name,
        name: cookieName,
        value: cookie.value,
      });
      jar.put({ ...cookie, expiresAt: null });
      recordJar({ by: 'copied', actor: victim.name });
    },
    age: (ms) => jar.age(ms),
    findCookie: find,
    receiveByHand(cookie, cause) {
      jar.put(cookie);
      recordJar(cause);
    },
  } satisfies LabActor & BrowserOwner as LabActor;
}

/** What actors do to each other's browsers behind the scenario's back. */
interface BrowserOwner extends Actor {
  findCookie(name: string): CookieState | undefined;
  receiveByHand(cookie: CookieState, cause: JarCause): void;
}

const contentHeaders = (text: string): Header[] => [
  ['Content-Type', 'application/json'],
  ['Content-Length', String(Buffer.byteLength(text))],
];

function asSeen({ status, headers, body }: RawResponse): LastResponse {
  const seen: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    seen[key] = key in seen ? `${seen[key]}\n${value}` : value;
  }
  return { status, headers: seen, text: body, json: parseJson(body) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
