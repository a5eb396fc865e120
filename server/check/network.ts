/** Real requests to one origin, at addresses that do not change while the check runs. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Header } from '../../scenarios/engine/trace.ts';
import { pairsOf } from '../lab/headers.ts';
import type { Answered, Host } from '../lab/network/hosts.ts';
import type { HttpRequest } from '../lab/network/loopback.ts';
import { decoded } from './bodies.ts';
import { NetworkFailed } from './errors.ts';
import type { Pinned } from './safety/addresses.ts';

/** More than a page is; the rest is not read. Bytes. */
const largestBody = 2 * 1024 * 1024;

/** How long an answer may take. Milliseconds. */
const usualPatience = 10_000;

export interface Network extends Host {
  close(): void;
}

/** Opens connections to an origin: over TLS its certificate must be valid, and no proxy is used. */
export function openNetwork(origin: string, { addresses }: Pinned): Network {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'https:';
  const options = { keepAlive: true, maxSockets: 4, scheduling: 'lifo' as const };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  const start = secure ? httpsRequest : httpRequest;
  const lookup: LookupFunction = (_, { all }, done) => {
    if (all) done(null, [...addresses]);
    else done(null, addresses[0]!.address, addresses[0]!.family);
  };

  return {
    forwarded: () => [],
    answer: async (request) => {
      try {
        return await send(request);
      } catch (error) {
        // The app closed a connection that was idle, in the moment in which it was used again.
        if (error instanceof StaleConnection) return await send(request);
        throw error;
      }
    },
    close: () => agent.destroy(),
  };

  function send({ method, url, headers, body, patience = usualPatience }: HttpRequest): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) =>
        reject(new NetworkFailed(`${origin} does not answer ${method} ${url.pathname}: ${why}.`));
      const outgoing = start({
        ...{ host, port: port || undefined, method, path: url.pathname + url.search, headers: flat(headers) },
        ...{ agent, lookup, setHost: false, timeout: patience },
        ...(secure && { rejectUnauthorized: true, ...(isIP(host) === 0 && { servername: host }) }),
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${patience / 1000} seconds`)));
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        outgoing.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')
          ? reject(new StaleConnection())
          : fail(whyFailed(error)),
      );
      outgoing.on('response', (incoming) => {
        textOf(incoming).then(
          (text) =>
            resolve({
              status: incoming.statusCode ?? 0,
              statusText: incoming.statusMessage ?? '',
              headers: pairsOf(incoming.rawHeaders),
              body: text,
              by: 'app',
            }),
          (error) => fail(whyFailed(error)),
        );
      });
      outgoing.end(body ?? undefined);
    });
  }
}

class StaleConnection extends Error {}

const flat = (headers: readonly Header[]) => headers.flat();

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A stream of events has no end.
  if (/^text\/event-stream\b/.test(incoming.headers['content-type'] ?? '')) {
    incoming.destroy();
    return '';
  }
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > largestBody) {
      incoming.destroy();
      break;
    }
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), incoming.headers);
}

function whyFailed({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ECONNRESET') return 'the connection was closed';
  if (/^(ERR_TLS|CERT|DEPTH|UNABLE|SELF_SIGNED)/.test(code ?? '')) return `its certificate is not valid (${code})`;
  return message.replace(/\.$/, '') || (code ?? 'unknown error');
}
