/** HTTP over loopback, both ends: the server on which an app listens, and the sender of a request to it. */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  request as startRequest,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { buffer } from 'node:stream/consumers';
import type { CodePlace, Header } from '../../../scenarios/engine/trace.ts';
import { pairsOf } from '../headers.ts';
import { noteResponseLine } from '../source/sessionWork.ts';
import type { CurrentRequest } from './currentRequest.ts';
import { refusedBody } from './unreadBody.ts';

/** A request as it reaches a host. */
export interface HttpRequest {
  method: string;
  url: URL;
  /** As the browser sends them, in order. */
  headers: Header[];
  body: string | Buffer | null;
  /** The IP address it comes from. */
  address: string;
  /** Milliseconds the sender waits for an answer; ten seconds if undefined. */
  patience?: number | undefined;
  /** Takes a response that stays open because the server sends events in it. Without this, the sender waits for its end. */
  streamed?: (response: OpenResponse) => void;
}

/** A response of the type text/event-stream whose headers have arrived. */
export interface OpenResponse {
  body: IncomingMessage;
  /** Whether the server has sent something that has not arrived yet. */
  isBehind(): boolean;
}

export interface HttpResponse {
  status: number;
  statusText: string;
  headers: Header[];
  body: string;
}

/** The sender's patience ran out. */
export class NoAnswer extends Error {}

/** What accompanies a request outside of its connection, so that the app does not see it. */
interface Announcement {
  /** The request's number in the trace. */
  id: number;
  /** Called with the line of the app that answers; not called if no such line is known. */
  answeredAt(place: CodePlace): void;
}

/** An HTTP server on a free port of 127.0.0.1. It knows which request of the trace it handles. */
export interface LoopbackServer {
  readonly port: number;
  /** Announces the request that the connection from that local port carries. Call it before the connection's first byte. */
  announce(fromPort: number, announcement: Announcement): void;
  /** Returns how many bytes it has sent to the sender at that local port; undefined when it has closed the connection. */
  bytesSentTo(port: number): number | undefined;
  /** Breaks the connections of responses that stay open, as a process does that ends. */
  breakStreams(): void;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

/**
 * @param listener called for each request, so that a restart can replace the app behind the port
 * @param names of hosts under which it also answers requests that do not come from the sandbox, such as `shop.example`
 */
export async function openLoopbackServer(
  listener: () => RequestListener,
  currentRequest: CurrentRequest,
  names: readonly string[] = [],
): Promise<LoopbackServer> {
  const announced = new Map<number, Announcement>();
  const sockets = new Map<number, Socket>();
  const responses = new Set<ServerResponse>();
  const server = createServer((req, res) => {
    responses.add(res);
    res.on('close', () => responses.delete(res));
    const announcement = announced.get(req.socket.remotePort ?? 0);
    if (!announcement && !isOwnName(req.headers.host, req.socket.localPort, names))
      return refuse(
        res,
        421,
        'This port of a sandbox answers only for its own hosts. Put one of them into the Host header.\n',
      );
    const refused = announcement ? null : refusedBody(req);
    if (refused) return refuse(res, refused.status, `${refused.why}\n`);
    if (announcement) noteResponseLine(res, announcement.answeredAt);
    currentRequest.run(announcement?.id ?? null, () => listener()(req, res));
  });
  server.on('connection', (socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort ?? 0, socket);
    socket.on('close', () => {
      announced.delete(remotePort ?? 0);
      sockets.delete(remotePort ?? 0);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    announce: (fromPort, announcement) => void announced.set(fromPort, announcement),
    bytesSentTo(port) {
      const socket = sockets.get(port);
      return socket && !socket.destroyed && !socket.writableEnded ? socket.bytesWritten : undefined;
    },
    breakStreams() {
      for (const res of responses) if (isStream(res.getHeader('content-type'))) res.socket?.destroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const thisMachine = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request that does not come from the sandbox may be answered. A page of another site whose name leads to this machine
 * (DNS rebinding) could read the answer; its browser sends that name.
 */
function isOwnName(host = '', port: number | undefined, names: readonly string[]): boolean {
  const given = host.toLowerCase();
  return names.includes(given) || thisMachine.some((name) => given === `${name}:${port}`);
}

function refuse(res: ServerResponse, status: number, why: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  res.end(why);
}

/** Longer than any lesson takes to answer, and short enough not to look broken. Milliseconds. */
const defaultPatience = 10_000;

/** The most that Chromium accepts of a response's headers; Node's own limit is a sixteenth of it. Bytes. */
const largestHead = 256 * 1024;

/** How often the patience of a request is renewed at most. */
const mostRenewals = 4;

/**
 * Returns whether to wait once more, each time that the patience ran out. A process that was busy for most of it has not had the time to
 * answer: the app shares it with the sender, and on a busy machine both wait for a processor.
 */
function waitingIn(patience: number): () => boolean {
  let last = performance.eventLoopUtilization();
  let renewals = 0;
  return () => {
    const { idle } = performance.eventLoopUtilization(last);
    last = performance.eventLoopUtilization();
    renewals += 1;
    return idle < patience / 2 && renewals <= mostRenewals;
  };
}

/**
 * Sends a request on a connection of its own. A redirect resolves as soon as its headers have arrived, because that is when a
 * browser follows it: its body may have to wait for work that the app has not finished.
 * @param id the request's number in the trace
 * @returns the response, with the line of the app that answered where it is known
 * @throws NoAnswer when the request's patience runs out, Error when the connection breaks
 */
export function send(
  server: LoopbackServer,
  id: number,
  { method, url, headers, body, patience = defaultPatience, streamed }: HttpRequest,
): Promise<HttpResponse & { code?: CodePlace }> {
  return new Promise((resolve, reject) => {
    let code: CodePlace | undefined;
    const answeredAt = (place: CodePlace) => {
      code = place;
    };
    const outgoing = startRequest({
      host: '127.0.0.1',
      port: server.port,
      method,
      path: url.pathname + url.search,
      headers: headers.flat(),
      agent: false,
      setHost: false,
      timeout: patience,
      maxHeaderSize: largestHead,
    });
    const isWaiting = waitingIn(patience);
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => server.announce(socket.localPort!, { id, answeredAt }));
      // The request itself would tell of the first time only.
      socket.on('timeout', () => {
        if (isWaiting()) socket.setTimeout(patience);
        else outgoing.destroy(new NoAnswer(`no answer within ${inSeconds(patience)}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const answer = (text: string) =>
        resolve({
          status: incoming.statusCode ?? 0,
          statusText: incoming.statusMessage ?? '',
          headers: pairsOf(incoming.rawHeaders),
          body: text,
          ...(code && { code }),
        });
      if (streamed && isStream(incoming.headers['content-type'])) {
        outgoing.setTimeout(0);
        streamed(openResponse(incoming, server));
        return answer('');
      }
      if (incoming.headers.location !== undefined) answer('');
      buffer(incoming).then((whole) => answer(whole.toString()), reject);
    });
    outgoing.end(body ?? undefined);
  });
}

const isStream = (type: unknown) => /^text\/event-stream\b/.test(String(type));

function openResponse(body: IncomingMessage, server: LoopbackServer): OpenResponse {
  const { socket } = body;
  const port = socket.localPort!;
  // A connection that breaks before somebody listens must not end the process.
  body.on('error', () => {});
  return {
    body,
    isBehind: () => !body.destroyed && (body.complete || server.bytesSentTo(port) !== socket.bytesRead),
  };
}

function inSeconds(ms: number): string {
  const count = ms / 1000;
  return `${count} ${count === 1 ? 'second' : 'seconds'}`;
}
