import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { endToEnd, pairsOf } from '../headers.ts';
import type { Answered } from '../network/hosts.ts';
import type { Certificate } from './certificate.ts';

/** A request that Chromium sent. */
export interface ChromiumRequest {
  method: string;
  url: URL;
  headers: Header[];
  body: string | null;
}

type Answer = (request: ChromiumRequest) => Promise<Answered>;

/** The reverse proxy to which Chromium maps every host name. It ends TLS and passes each request to the actor who sent it. */
export interface ChromiumProxy {
  readonly port: number;
  /** Answers requests with that User-Agent from now on. */
  admit(userAgent: string, answer: Answer): void;
  close(): Promise<void>;
}

/** Every origin has an empty page here, to run its scripts in. Visits to it do not reach the scenario. */
export const blankPath = '/a-blank-page';

/** First byte of a TLS connection (RFC 8446 section 5.1); an HTTP request starts with a letter. */
const tlsHandshake = 22;

export async function openChromiumProxy({ key, cert }: Pick<Certificate, 'key' | 'cert'>): Promise<ChromiumProxy> {
  const admitted = new Map<string, Answer>();
  const sockets = new Set<Socket>();

  const listenerFor =
    (scheme: 'http' | 'https'): RequestListener =>
    async (req, res) => {
      // Not relative to the host: the path `//a` would name another one. Chromium asks hosts that Node calls invalid.
      const address = `${scheme}://${req.headers.host}${req.url ?? '/'}`;
      if (!URL.canParse(address)) return void res.writeHead(400).end();
      const url = new URL(address);
      const answer = admitted.get(req.headers['user-agent'] ?? '');
      if (url.pathname === blankPath) {
        res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' }).end('<!doctype html>');
      } else if (!answer || url.pathname === '/favicon.ico') {
        // The browser sends these on its own.
        res.writeHead(404).end();
      } else {
        try {
          const headers = endToEnd(pairsOf(req.rawHeaders));
          const answered = await answer({ method: req.method ?? 'GET', url, headers, body: await bodyOf(req) });
          res.writeHead(answered.status, endToEnd(answered.headers).flat()).end(answered.body);
        } catch {
          res.destroy();
        }
      }
    };

  const plain = createHttpServer(listenerFor('http'));
  const encrypted = createHttpsServer({ key, cert }, listenerFor('https'));
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (first === null) return;
      socket.unshift(first);
      (first[0] === tlsHandshake ? encrypted : plain).emit('connection', socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    admit: (userAgent, answer) => void admitted.set(userAgent, answer),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return chunks.length === 0 ? null : Buffer.concat(chunks).toString();
}
