/**
 * The event stream of a sandbox. EventSource resumes a lost connection by itself; what it does not do is to tell a server
 * that is down from a sandbox that is gone, and to start again after an answer that was not a stream.
 */

import type { Clock } from '../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

export interface Listener {
  /** What arrived; `now` is the sandbox's time in ms when the server told it. Events may be repeated after a lost connection. */
  receive(events: TraceEvent[], now: number | null): void;
  /** The connection is lost; it is being made again. */
  lost(): void;
  /** The server does not have this sandbox. */
  gone(): void;
}

/** Follow the stream at `address` until the returned function is called. */
export type Follow = (address: string, listener: Listener) => () => void;

const retryMs = 1000;
/** One delivery per frame, so that the hundred events of a replay are drawn once. */
const gatherMs = 16;
/** A step that is over within this time is drawn once, and one that takes longer does not wait for its own drawing. */
const gatherInStepMs = 40;
/** The server tells the time every ten seconds; when it has been silent for longer than two of them, nobody is there. */
const silentMs = 25_000;
const answerMs = 5_000;

/** @param Source `EventSource`  @param send `fetch`; both are the browser's, handed in so that tests need none */
export const followWith =
  (Source: typeof EventSource, send: typeof fetch): Follow =>
  (address, listener) => {
    const stopped = new AbortController();
    const { signal } = stopped;
    const inbox = gatherFor(listener);
    let source: EventSource;
    let watchdog: ReturnType<typeof setTimeout>;

    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        source.close();
        lost();
      }, silentMs);
    };
    const connect = () => {
      source = new Source(address);
      source.addEventListener('clock', ({ data }) => {
        heard();
        inbox.clock((JSON.parse(data) as Clock).now);
      });
      source.onmessage = ({ data }) => {
        heard();
        inbox.event(JSON.parse(data) as TraceEvent);
      };
      source.onerror = lost;
      heard();
    };
    const lost = () => {
      listener.lost();
      if (source.readyState === Source.CLOSED) void askWhy();
    };
    const askWhy = async () => {
      clearTimeout(watchdog);
      const status = await statusOf(send, address, signal);
      if (signal.aborted) return;
      if (status === 404) listener.gone();
      else if (status === 200) connect();
      else setTimeout(() => signal.aborted || void askWhy(), retryMs);
    };
    connect();
    return () => {
      stopped.abort();
      clearTimeout(watchdog);
      inbox.close();
      source.close();
    };
  };

/** Collects what arrives within a frame and delivers it together. */
function gatherFor(listener: Listener) {
  let events: TraceEvent[] = [];
  let told: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inStep = false;
  const deliver = () => {
    timer = undefined;
    listener.receive(events, told);
    events = [];
    told = null;
  };
  const soon = () => {
    timer ??= setTimeout(deliver, inStep ? gatherInStepMs : gatherMs);
  };
  const now = () => {
    clearTimeout(timer);
    timer = setTimeout(deliver, 0);
  };
  return {
    event: (event: TraceEvent) => {
      events.push(event);
      if (event.type === 'step-started') inStep = true;
      if (event.type !== 'step-ended') return soon();
      // It is what somebody waits for.
      inStep = false;
      now();
    },
    clock: (at: number) => {
      told = at;
      soon();
    },
    close: () => clearTimeout(timer),
  };
}

/** EventSource does not tell the status it got. null: no answer at all. */
async function statusOf(send: typeof fetch, address: string, stopped: AbortSignal): Promise<number | null> {
  const enough = new AbortController();
  try {
    const { status } = await send(address, {
      signal: AbortSignal.any([stopped, enough.signal, AbortSignal.timeout(answerMs)]),
    });
    return status;
  } catch {
    return null;
  } finally {
    enough.abort();
  }
}
