/**
 * The event stream of a sandbox. EventSource resumes a lost connection by itself, after its last event. It does not distinguish a
 * server that is down from a sandbox that no longer exists, and it does not try again after an answer that was not a stream:
 * another one then continues after the last event.
 *
 * What arrives is not checked with the schemas: twenty thousand checks would delay the page, and the server's tests check
 * every recorded event.
 */
import type { Clock } from '../../scenarios/engine/api.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

export interface Listener {
  /** @param now sandbox ms, when the server sent its clock. Events may be repeated after a lost connection. */
  receive(events: TraceEvent[], now: number | null): void;
  /** The connection is lost and is being restored. */
  lost(): void;
  /** The server does not have this sandbox. */
  notFound(): void;
}

/** Follows the stream at `address`. Returns a function that stops it. */
export type Follow = (address: string, listener: Listener) => () => void;

const retryMs = 1000;
/** One delivery per frame: the hundred events of a replay are drawn once. */
const gatherMs = 16;
/** A step that takes less time is drawn once; a longer one is drawn while it runs. */
const gatherInStepMs = 40;
/** The server sends its clock every ten seconds. When two are missing, the connection counts as lost. */
const silentMs = 25_000;
const answerMs = 5_000;

/** @param Source `EventSource`, which tests replace. @param send `fetch`, likewise */
export const followWith =
  (Source: typeof EventSource, send: typeof fetch): Follow =>
  (address, listener) => {
    const stopped = new AbortController();
    const { signal } = stopped;
    const inbox = gatherFor(listener);
    let source: EventSource;
    let watchdog: ReturnType<typeof setTimeout>;
    let last = -1;

    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        source.close();
        lost();
      }, silentMs);
    };
    const connect = () => {
      source = new Source(last === -1 ? address : `${address}?after=${last}`);
      source.addEventListener('clock', ({ data }) => {
        heard();
        inbox.clock((JSON.parse(data) as Clock).now);
      });
      source.onmessage = ({ data }) => {
        heard();
        const event: TraceEvent = JSON.parse(data);
        last = event.seq;
        inbox.event(event);
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
      if (status === 404) listener.notFound();
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

/** Collects what arrives within a frame and delivers it at once. */
function gatherFor(listener: Listener) {
  let events: TraceEvent[] = [];
  let clock: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inStep = false;
  const deliver = () => {
    timer = undefined;
    listener.receive(events, clock);
    events = [];
    clock = null;
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
      // The learner waits for the end of a step.
      inStep = false;
      now();
    },
    clock: (at: number) => {
      clock = at;
      soon();
    },
    close: () => clearTimeout(timer),
  };
}

/** Asks for the status, which EventSource does not expose; null without an answer. */
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
