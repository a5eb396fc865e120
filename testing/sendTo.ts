/** For tests: a client that can send a server anything. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** How long the body is. */
  bytes: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what the route answers
  json: any;
}

export interface TestRequest {
  /** Sent as JSON; a string or Buffer is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends a request on a connection of its own. Unlike `fetch`, it sends any Host header, and the path unchanged. */
export async function sendTo(
  host: string,
  port: number,
  method: string,
  path: string,
  { body, headers = {} }: TestRequest = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const outgoing = request({
    host,
    port,
    method,
    path,
    agent: false,
    // An empty one would be replaced.
    setHost: headers.Host === undefined,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  });
  outgoing.end(body === undefined || raw ? body : JSON.stringify(body));
  const [incoming] = await once(outgoing, 'response');
  const answered = Buffer.concat(await incoming.toArray());
  const text = answered.toString();
  return { status: incoming.statusCode, headers: incoming.headers, text, bytes: answered.length, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
