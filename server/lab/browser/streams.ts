import type { ServerSentEvent } from '../../../scenarios/engine/cast.ts';
import type { EventOf } from '../../../scenarios/engine/trace.ts';
import type { OpenResponse } from '../network/loopback.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from '../time/clock.ts';

/** How many responses a browser keeps open. One more closes the oldest. */
const mostStreams = 10;

/** How long an event may take from the app to the browser, which are in one process. Milliseconds. */
const patience = 1000;

interface Stream {
  request: number;
  openedAt: number;
  response: OpenResponse;
  ended: boolean;
}

/** The responses that a browser keeps open, because the app sends events in them (HTML standard, section 9.2). */
export function createStreams(actor: string, { clock, recorder }: { clock: Clock; recorder: Recorder }) {
  const open: Stream[] = [];
  const events: ServerSentEvent[] = [];

  function end(stream: Stream, how: EventOf<'stream-ended'>['how']): void {
    if (stream.ended) return;
    stream.ended = true;
    open.splice(open.indexOf(stream), 1);
    recorder.record({ type: 'stream-ended', request: stream.request, actor, how, ms: clock.now() - stream.openedAt });
  }

  function close(stream: Stream): void {
    end(stream, 'closed');
    stream.response.body.destroy();
  }

  return {
    /** Every event so far, oldest first. */
    events: events as readonly ServerSentEvent[],

    get open(): number {
      return open.length;
    },

    /** Receives what comes in a response from now on. Its head is recorded already. */
    add(request: number, response: OpenResponse): void {
      const stream: Stream = { request, openedAt: clock.now(), response, ended: false };
      open.push(stream);
      if (open.length > mostStreams) close(open[0]!);
      const parse = createEventParser((event) => {
        events.push(event);
        recorder.record({ type: 'stream-message', request, actor, ...event });
      });
      const { body } = response;
      body.setEncoding('utf8');
      body.on('data', parse);
      body.on('end', () => end(stream, 'ended'));
      body.on('error', () => end(stream, 'broken'));
    },

    /** Closes all, as a browser does whose window is closed. */
    closeAll(): void {
      for (const stream of [...open]) close(stream);
    },

    /** Resolves when everything that the app has sent is here. */
    async settled(): Promise<void> {
      const until = performance.now() + patience;
      while (open.some(({ response }) => response.isBehind()) && performance.now() < until) {
        await new Promise(setImmediate);
      }
    },
  };
}

export type Streams = ReturnType<typeof createStreams>;

/** Returns a function that takes a stream piece by piece. Comments are no events. */
export function createEventParser(onEvent: (event: ServerSentEvent) => void): (text: string) => void {
  let rest = '';
  return function parse(text) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line));
      const valuesOf = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2]!] : []));
      const data = valuesOf('data');
      if (data.length > 0) onEvent({ name: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') });
    }
  };
}
