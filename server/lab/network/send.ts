import { request } from 'node:http';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Edge } from './reverseProxy.ts';

/** Longer than any lesson takes to answer, and short enough that nobody takes it for broken. Milliseconds. */
const usualPatience = 10_000;

/** As much as Chromium takes of a response's headers; Node's own limit is a sixteenth of it. Bytes. */
const largestHead = 256 * 1024;

export interface RawResponse {
  status: number;
  statusText: string;
  headers: Header[];
  body: string;
}

/** Nothing came in the time the sender was willing to wait. */
export class NoAnswer extends Error {}

/**
 * Send one request to the app over HTTP on loopback, on a connection of its own. A redirect is handed back as soon as its
 * headers are here, as a browser follows it: its body may be held up by work that the app has not finished.
 * @param id its number in the trace, for the edge
 * @param message.patience milliseconds to wait for an answer; ten seconds, unless said
 * @throws NoAnswer when nothing comes in that time, Error when the connection breaks
 */
export function send(
  edge: Edge,
  id: number,
  message: {
    method: string;
    path: string;
    headers: Header[];
    body: string | Buffer | null;
    patience?: number | undefined;
  },
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { method, path, headers, body, patience = usualPatience } = message;
    const outgoing = request({
      host: '127.0.0.1',
      port: edge.port,
      method,
      path,
      headers: headers.flat(),
      agent: false,
      setHost: false,
      timeout: patience,
      maxHeaderSize: largestHead,
    });
    outgoing.on('socket', (socket) => socket.once('connect', () => edge.announce(socket.localPort!, id)));
    outgoing.on('timeout', () => outgoing.destroy(new NoAnswer(`no answer within ${patience / 1000} seconds`)));
    outgoing.on('error', reject);
    outgoing.on('response', async (incoming) => {
      const head = {
        status: incoming.statusCode ?? 0,
        statusText: incoming.statusMessage ?? '',
        headers: pairs(incoming.rawHeaders),
      };
      if (incoming.headers.location !== undefined) resolve({ ...head, body: '' });
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk);
        resolve({ ...head, body: Buffer.concat(chunks).toString() });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.end(body ?? undefined);
  });
}

const pairs = (flat: string[]) =>
  flat.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
