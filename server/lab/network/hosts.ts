import type { CodePlace, Header } from '../../../scenarios/engine/trace.ts';
import type { Edge } from './reverseProxy.ts';
import { type RawResponse, send } from './send.ts';
import type { SharedCache } from './sharedCache.ts';

export interface Message {
  method: string;
  url: URL;
  /** As the browser sends them. */
  headers: Header[];
  body: string | Buffer | null;
  /** Where it comes from. */
  address: string;
  /** Milliseconds the browser waits for an answer; undefined where nobody said. */
  patience?: number | undefined;
}

/** Whoever answers for a host name. */
export interface Host {
  /**
   * @param request its number in the trace
   * @throws Error when the connection breaks or no answer comes
   */
  answer(message: Message, request: number): Promise<Answered>;
  /** What this host adds on the way in, for the trace. */
  forwarded(message: Message): Header[];
}

export interface Answered extends RawResponse {
  /** "app", "app 2", "cache", or the origin of another site. */
  by: string;
  /** The line of the app that answered, where it is known. */
  code?: CodePlace;
}

export interface Instance {
  name: string;
  edge: Edge;
}

/**
 * The front of the shop: ends TLS, tells the app so (X-Forwarded-Proto), keeps what a shared cache may keep where the scenario
 * has one, and deals requests to the app's instances in turn.
 */
export function shopFront(
  instances: () => readonly Instance[],
  cache: SharedCache | null,
  log: (line: string) => void,
): Host {
  let turn = 0;

  const forwarded = ({ url, address, headers }: Message): Header[] => {
    // A proxy appends to what it was given; it is for the app to know how many hops it may believe.
    const before = headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
    return [
      ['X-Forwarded-For', [...before, address].join(', ')],
      ['X-Forwarded-Proto', url.protocol.slice(0, -1)],
    ];
  };

  return {
    forwarded,
    async answer(message, request) {
      const kept = cache?.find(message);
      if (kept) return { ...kept, by: 'cache' };
      const all = instances();
      const instance = all[turn++ % all.length]!;
      const answered = await send(instance.edge, request, onward(message, forwarded(message)));
      log(accessLine(message, answered.status));
      cache?.keep(message, answered);
      const code = instance.edge.answeredAt(request);
      return { ...answered, by: instance.name, ...(code && { code }) };
    },
  };
}

/** The first line of the common log format, which is what a front writes unless told otherwise: the whole request target. */
function accessLine({ method, url, address }: Message, status: number): string {
  return `${address} "${method} ${url.pathname}${url.search} HTTP/1.1" ${status}`;
}

/** The message with the proxy's headers in place of the visitor's own of these names. */
function onward({ method, url, headers, body, patience }: Message, added: Header[]) {
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const kept = headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  return {
    method,
    path: url.pathname + url.search,
    headers: [...kept, ...added, ['Connection', 'close'] as Header],
    body,
    patience,
  };
}

/**
 * Another site: somebody else's server, reached without our front.
 * @param failure why its handler gave no answer, where it is known
 */
export function elsewhere(edge: Edge, failure: () => Error | undefined = () => undefined): Host {
  return {
    forwarded: () => [],
    async answer(message, request) {
      const answered = await send(edge, request, onward(message, [])).catch((error) => {
        const why = failure();
        throw why ? new Error(`its handler failed: ${why.message}`) : error;
      });
      return { ...answered, by: message.url.origin };
    },
  };
}
