/** What answers for the host names of a scenario: the app behind its reverse proxy, and other people's sites. */
import type { IncomingMessage, RequestListener } from 'node:http';
import { asError } from '../../../scenarios/engine/errors.ts';
import type { SiteHandler } from '../../../scenarios/engine/sites.ts';
import type { CodePlace, Header } from '../../../scenarios/engine/trace.ts';
import { valuesOf } from '../headers.ts';
import { type HttpRequest, type HttpResponse, type LoopbackServer, send } from './loopback.ts';
import type { SharedCache } from './sharedCache.ts';
import { requireResponse } from './siteResponse.ts';

/** The host name of the app. Further apps have others. */
export const appHost = 'shop.example';

/** The app's origin for its visitors. A reverse proxy ends TLS and reaches the app over plain http. */
export const appOrigin = `https://${appHost}`;

export interface Host {
  /**
   * @param id the request's number in the trace
   * @throws Error when the connection breaks or no answer comes
   */
  answer(request: HttpRequest, id: number): Promise<Answered>;
  /** The headers that this host's reverse proxy adds to the request, for the trace. */
  forwarded(request: HttpRequest): Header[];
}

export interface Answered extends HttpResponse {
  /** Who answered: "app", "app 2", "cache", or the origin of another site. */
  by: string;
  /** The line of the app that answered, where it is known. */
  code?: CodePlace;
}

export interface Instance {
  name: string;
  server: LoopbackServer;
}

/**
 * The reverse proxy of an app. It ends TLS and reports that to the app (X-Forwarded-Proto), answers from a shared cache where
 * the scenario has one, and balances the load: each request goes to the next instance.
 * @param log called with each line of its access log
 * @param hidden names of headers that it removes from responses, in lower case
 */
export function reverseProxy(
  instances: readonly Instance[],
  cache: SharedCache | null,
  log: (line: string) => void,
  hidden: readonly string[] = [],
): Host {
  let turn = 0;

  const forwarded = ({ url, address, headers }: HttpRequest): Header[] => {
    // A proxy appends to the header it was given. The app has to know how many hops it can trust.
    const before = valuesOf(headers, 'x-forwarded-for');
    return [
      ['X-Forwarded-For', [...before, address].join(', ')],
      ['X-Forwarded-Proto', url.protocol.slice(0, -1)],
    ];
  };

  return {
    forwarded,
    async answer(request, id) {
      const cached = cache?.find(request);
      if (cached) return { ...cached, by: 'cache' };
      const { name, server } = instances[turn++ % instances.length]!;
      const { code, ...answer } = await send(server, id, onward(request, forwarded(request)));
      const response = { ...answer, headers: answer.headers.filter(([name]) => !hidden.includes(name.toLowerCase())) };
      log(accessLine(request, response.status));
      cache?.store(request, response);
      return { ...response, by: name, ...(code && { code }) };
    },
  };
}

/**
 * Another site, reached without the app's reverse proxy.
 * @param failureAt why the handler of that host gave no answer, where it is known
 */
export function otherSite(
  server: LoopbackServer,
  failureAt: (host: string) => Error | undefined = () => undefined,
): Host {
  return {
    forwarded: () => [],
    async answer(request, id) {
      const response = await send(server, id, onward(request, [])).catch((error) => {
        const why = failureAt(request.url.host);
        throw why ? new Error(`its handler failed: ${why.message}`) : error;
      });
      return { ...response, by: request.url.origin };
    },
  };
}

/**
 * Answers for all other sites of a scenario. The Host header selects the handler.
 * @param sites handlers by origin
 * @param failed called when a handler throws, or returns what cannot be sent; the connection is closed then
 */
export function siteListener(
  sites: Record<string, SiteHandler>,
  failed: (host: string, error: Error) => void,
): RequestListener {
  const byHost = new Map(Object.entries(sites).map(([origin, handler]) => [new URL(origin).host, handler]));
  return async (req, res) => {
    const { host = '' } = req.headers;
    const body = await bodyOf(req);
    if (body === 'broken') return;
    if (body === 'too large') {
      res.writeHead(413, { Connection: 'close' }).end(() => req.socket.destroy());
      return;
    }
    const request = {
      method: req.method ?? 'GET',
      path: req.url ?? '/',
      headers: req.headers as Record<string, string>,
      body,
    };
    try {
      const handler = byHost.get(host);
      const {
        status = 200,
        headers = {},
        body = '',
      } = handler ? requireResponse(await handler(request)) : { status: 404 };
      res.writeHead(status, headers).end(body);
    } catch (error) {
      failed(host, asError(error));
      req.socket.destroy();
    }
  };
}

/** Longer than a scenario sends. Bytes. */
const largestBody = 1024 * 1024;

async function bodyOf(req: IncomingMessage): Promise<string | 'too large' | 'broken'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > largestBody) return 'too large';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch {
    // The client closed the connection before the end of its request.
    return 'broken';
  }
}

/** Formats the start of a line in the common log format. Proxies log the whole request target, query included. */
function accessLine({ method, url, address }: HttpRequest, status: number): string {
  return `${address} "${method} ${url.pathname}${url.search} HTTP/1.1" ${status}`;
}

/** The request to pass on. The proxy's headers replace those of the same name that the visitor sent. */
function onward(request: HttpRequest, added: Header[]): HttpRequest {
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const kept = request.headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...request, headers: [...kept, ...added, ['Connection', 'close']] };
}
