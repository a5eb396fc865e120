import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import { noteResponseLine } from '../source/sessionWork.ts';

/**
 * Where the app listens: an ordinary HTTP server on a free port of 127.0.0.1, behind the place where TLS ends. It knows which
 * request of the trace is being handled, however deep in the app one asks.
 */
export interface Edge {
  readonly port: number;
  /** Say which request of the trace the connection from that local port carries. To be called before its first byte. */
  announce(fromPort: number, request: number): void;
  /** The number of the request being handled; null outside of any. */
  currentRequest(): number | null;
  /** The line of the app that answered that request; undefined when it has not, or no line of it is known. */
  answeredAt(request: number): CodePlace | undefined;
  close(): Promise<void>;
}

export async function openEdge(app: () => RequestListener): Promise<Edge> {
  const handling = new AsyncLocalStorage<number | null>();
  // By the sender's port: a header would be seen by the app, and would not have been sent by any browser.
  const announced = new Map<number, number>();
  const answered = new Map<number, CodePlace>();
  const server = createServer((req, res) => {
    const request = announced.get(req.socket.remotePort ?? 0) ?? null;
    if (request !== null) noteResponseLine(res, (place) => answered.set(request, place));
    handling.run(request, () => app()(req, res));
  });
  server.on('connection', (socket) => {
    const { remotePort } = socket;
    socket.on('close', () => announced.delete(remotePort ?? 0));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    announce: (fromPort, request) => void announced.set(fromPort, request),
    currentRequest: () => handling.getStore() ?? null,
    answeredAt: (request) => answered.get(request),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
