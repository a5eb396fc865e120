import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Header } from '../../scenarios/engine/trace.ts';
import type { Answered } from '../../server/lab/network/hosts.ts';
import type { TestCertificate } from '../certificate.ts';

/** What a Chromium asked for. */
export interface Asked {
  method: string;
  url: URL;
  headers: Header[];
  body: string | null;
}

/**
 * All of the internet to a Chromium whose every host name is mapped to this port: ends TLS and hands each request to whoever
 * plays the browser's owner.
 */
export interface Front {
  readonly port: number;
  /** From now on requests with that User-Agent are answered by this. */
  admit(userAgent: string, answer: (asked: Asked) => Promise<Answered>): void;
  close(): Promise<void>;
}

/** At every origin there is a page with nothing on it, to run scripts of that origin in. No scenario hears of a visit to it. */
export const blankPath = '/a-blank-page';

/** They speak of one connection; this one is another than the one behind it. */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);
const endToEnd = (headers: Header[]) => headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));

/** A TLS connection begins with a handshake record (RFC 8446 section 5.1), a request line with a letter. */
const tlsHandshake = 22;

export async function openFront({ key, cert }: TestCertificate): Promise<Front> {
  const admitted = new Map<string, (asked: Asked) => Promise<Answered>>();
  const sockets = new Set<Socket>();

  const answerOver =
    (scheme: 'http' | 'https'): RequestListener =>
    async (req, res) => {
      const url = new URL(req.url ?? '/', `${scheme}://${req.headers.host}`);
      const answer = admitted.get(req.headers['user-agent'] ?? '');
      if (url.pathname === blankPath) {
        res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' }).end('<!doctype html>');
      } else if (!answer || url.pathname === '/favicon.ico') {
        // The browser's own doing, or the icon that every page is asked for.
        res.writeHead(404).end();
      } else {
        try {
          const headers = endToEnd(pairs(req));
          const { status, ...rest } = await answer({
            method: req.method ?? 'GET',
            url,
            headers,
            body: await bodyOf(req),
          });
          res.writeHead(status, endToEnd(rest.headers).flat()).end(rest.body);
        } catch {
          res.destroy();
        }
      }
    };

  const plain = createHttpServer(answerOver('http'));
  const encrypted = createHttpsServer({ key, cert }, answerOver('https'));
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

const pairs = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []));

async function bodyOf(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return chunks.length === 0 ? null : Buffer.concat(chunks).toString();
}
