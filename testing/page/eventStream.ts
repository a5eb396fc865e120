/** For tests and the bench: reads a sandbox's event stream as the EventSource of the page does, without reconnecting. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

export interface StreamOptions {
  /** Number of the last event that arrived before, sent as Last-Event-ID; -1 when none did. */
  after?: number;
  /** Drops the connection after so many bytes of the body, even in the middle of a message. */
  bytes?: number;
  /** Reads nothing, so that the data waits in the buffers on the way. */
  asleep?: boolean;
  /** What to read of the sandbox instead of its events. Nothing in it is understood. */
  what?: string;
  /** Called as each event arrives. */
  hear?: (event: TraceEvent) => void;
}

export interface Stream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The events that have arrived. */
  readonly events: readonly TraceEvent[];
  /** The ids of the messages that carried them. */
  readonly ids: readonly (string | undefined)[];
  /** The clock messages that have arrived, in milliseconds of sandbox time. */
  readonly clocks: readonly number[];
  /** Resolves when the connection has ended: true when the server ended it completely. */
  readonly over: Promise<boolean>;
  /** Begins to read. */
  wake(): void;
  /** Drops the connection. */
  cut(): void;
}

/** Connects, and resolves when the server has answered with any status. */
export async function openStream(port: number, sandbox: string, options: StreamOptions = {}): Promise<Stream> {
  const { after = -1, bytes = Number.POSITIVE_INFINITY, asleep = false, what = 'events', hear } = options;
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path: `/api/sandboxes/${sandbox}/${what}`,
    agent: false,
    headers: {
      Accept: 'text/event-stream',
      'Accept-Encoding': 'gzip, deflate, br',
      ...(after < 0 ? {} : { 'Last-Event-ID': String(after) }),
    },
  });
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];

  const events: TraceEvent[] = [];
  const ids: (string | undefined)[] = [];
  const clocks: number[] = [];
  function read({ event, id, data }: EventSourceMessage) {
    if (event === 'clock') {
      clocks.push(JSON.parse(data).now);
      return;
    }
    const arrived: TraceEvent = JSON.parse(data);
    events.push(arrived);
    ids.push(id);
    hear?.(arrived);
  }
  const parser = createParser({ onEvent: read });
  const decoder = new TextDecoder();
  let left = bytes;
  incoming.on('data', (chunk: Buffer) => {
    const arrived = chunk.subarray(0, left);
    left -= arrived.length;
    parser.feed(decoder.decode(arrived, { stream: true }));
    if (left <= 0) incoming.destroy();
  });
  if (asleep) incoming.pause();
  incoming.on('error', () => {});
  const over = new Promise<boolean>((resolve) => incoming.once('close', () => resolve(incoming.complete)));
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    events,
    ids,
    clocks,
    over,
    wake: () => void incoming.resume(),
    cut: () => void incoming.destroy(),
  };
}
