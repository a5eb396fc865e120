/** For tests: a client of the server with an address of its own. Linux answers at all of 127.0.0.0/8. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';

export interface OneAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what the route answers
  json: any;
  /** The body as it came. */
  text: string;
  /** Of the `Retry-After` header, in seconds. */
  retryAfter: number | undefined;
}

/** @param from such as `127.0.0.2` */
export function oneClient(port: number, from: string) {
  const start = (method: string, path: string, headers: Record<string, string> = {}) => {
    const host = { Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json', ...headers };
    const outgoing = request({
      host: '127.0.0.1',
      port,
      localAddress: from,
      method,
      path,
      agent: false,
      headers: host,
    });
    outgoing.on('error', () => {});
    return outgoing;
  };

  return {
    /** Sends a request and reads its answer. */
    async send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<OneAnswer> {
      const outgoing = start(method, path, headers);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      const text = Buffer.concat(await incoming.toArray()).toString();
      const after = incoming.headers['retry-after'];
      return {
        status: incoming.statusCode ?? 0,
        json: text.startsWith('{') ? JSON.parse(text) : undefined,
        text,
        retryAfter: after === undefined ? undefined : Number(after),
      };
    },

    /**
     * Sends a body without a length to any port, until the connection is broken off, or `most` bytes are sent. Returns how many bytes were
     * handed to the system by then.
     */
    async pour(to: number, host: string, most: number, until: AbortSignal): Promise<number> {
      const socket = connect({ host: '127.0.0.1', port: to, localAddress: from });
      let over = false;
      let drained = () => {};
      const stop = () => {
        over = true;
        drained();
      };
      socket.on('drain', () => drained());
      socket.on('error', stop).on('close', stop).resume();
      until.addEventListener('abort', stop, { once: true });
      socket.write(`POST / HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const size = 65_536;
      const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
      let sent = 0;
      while (!over && sent < most) {
        sent += size;
        if (socket.write(chunk)) await setImmediate();
        else
          await new Promise<void>((resolve) => {
            drained = resolve;
          });
      }
      until.removeEventListener('abort', stop);
      socket.destroy();
      return sent;
    },

    /** Sends a request, and reads nothing of its answer beyond the status. */
    async stare(path: string): Promise<number> {
      const outgoing = start('GET', path).end();
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      incoming.on('error', () => {});
      incoming.pause();
      return incoming.statusCode ?? 0;
    },
  };
}

export type OneClient = ReturnType<typeof oneClient>;
