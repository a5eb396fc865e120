/**
 * The event stream of a room. It needs the token of a role in a header, which EventSource cannot send, so it is read with `fetch`.
 * A lost connection is made anew after the last event, later each time, and at once when the page wakes or the network is back.
 */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import { refusalIn } from '../../player/asking.ts';

export interface RoomListener {
  /** @param name of the message; '' for an unnamed one @param data JSON */
  message(name: string, data: string): void;
  /** The connection is lost and is being restored. */
  lost(): void;
  /** The server does not let this role in any more. It is not asked again. */
  refused(why: SandboxError): void;
}

export interface RoomStream {
  /** Tries again at once if the connection is lost, or was silent for a while: the machine may have slept. */
  wake(): void;
  stop(): void;
}

const address = '/api/workshop/events';
/** The server sends something every ten seconds. When two are missing, the connection counts as lost. */
const silentMs = 25_000;
/** After a sleep, one that is missing is enough. */
const asleepMs = 12_000;

/**
 * Returns how many ms to wait before the next try. Two hundred pages lose a server at the same moment, and must not come back at the
 * same moment. Pure.
 *
 * @param tries how many have failed @param random from 0 to 1
 */
export const waitBefore = (tries: number, random: number): number =>
  Math.min(500 * 2 ** tries, 10_000) * (0.5 + random);

/** @param send `fetch` with the token of the role @param now milliseconds, also of the time that the machine slept */
export function followRoom(send: typeof fetch, listener: RoomListener, now: () => number = Date.now): RoomStream {
  const stopped = new AbortController();
  let connection = new AbortController();
  let endWait = () => {};
  let lastId = '';
  let heardAt = now();
  let connected = false;

  const parser = createParser({
    onEvent: ({ event = '', data, id }: EventSourceMessage) => {
      if (id !== undefined) lastId = id;
      listener.message(event, data);
    },
  });

  /** Reads the stream to its end. Resolves when the connection is lost. @throws SandboxError when the server refuses the role */
  const read = async () => {
    connection = new AbortController();
    const signal = AbortSignal.any([stopped.signal, connection.signal]);
    const response = await send(address, { headers: lastId === '' ? {} : { 'Last-Event-ID': lastId }, signal });
    if (!response.ok || !response.body) throw await refusalIn(response, await response.json().catch(() => null));
    parser.reset();
    connected = true;
    heardAt = now();
    const watchdog = setInterval(() => now() - heardAt > silentMs && connection.abort(), 1000);
    try {
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heardAt = now();
        if (!stopped.signal.aborted) parser.feed(value);
      }
    } finally {
      clearInterval(watchdog);
      connected = false;
    }
  };

  const run = async () => {
    for (let tries = 0; !stopped.signal.aborted; tries++) {
      const before = heardAt;
      const problem = await read().then(
        () => null,
        (error: unknown) => error,
      );
      if (stopped.signal.aborted) return;
      if (problem instanceof SandboxError && isFinal(problem)) return listener.refused(problem);
      if (heardAt !== before) tries = 0;
      listener.lost();
      await new Promise<void>((resolve) => {
        endWait = resolve;
        setTimeout(resolve, waitBefore(tries, Math.random()));
      });
    }
  };
  void run();

  return {
    wake: () => {
      if (!connected) endWait();
      else if (now() - heardAt > asleepMs) connection.abort();
    },
    stop: () => {
      stopped.abort();
      endWait();
    },
  };
}

/** A server that is too busy, or not there, is asked again. */
const isFinal = ({ code }: SandboxError) => ['unknown-token', 'not-your-role', 'no-workshop'].includes(code);
