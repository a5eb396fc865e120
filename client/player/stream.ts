/**
 * The event stream of a sandbox. EventSource resumes a lost connection by itself, after its last event. It does not distinguish a
 * server that is down from a sandbox that no longer exists, and it does not try again after an answer that was not a stream:
 * another one then continues after the last event.
 *
 * What arrives is not checked with the schemas: twenty thousand checks would delay the page, and the server's tests check
 * every recorded event.
 */
import type { Clock } from '../../scenarios/engine/api.ts';
import { errorStatus } from '../../scenarios/engine/errors.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { gatherFor } from './gather.ts';

export interface Listener {
  /** @param now sandbox ms, when the server sent its clock. Events may be repeated after a lost connection. */
  receive(events: TraceEvent[], now: number | null): void;
  /** The connection is lost and is being restored. */
  lost(): void;
  /** The server does not have this sandbox. */
  notFound(): void;
  /** The process of the server that had this sandbox has died. */
  died(): void;
}

/** Follows the stream at `address`. Returns a function that stops it. */
export type Follow = (address: string, listener: Listener) => () => void;

const retryMs = 1000;
/** The server sends its clock every ten seconds. When two are missing, the connection counts as lost. */
const silentMs = 25_000;
const answerMs = 5_000;

/** @param Source `EventSource`, which tests replace. @param send `fetch`, likewise */
export const followWith =
  (Source: typeof EventSource, send: typeof fetch): Follow =>
  (address, listener) => {
    const stopped = new AbortController();
    const { signal } = stopped;
    const inbox = gatherFor(listener.receive);
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
      if (status === errorStatus['unknown-sandbox']) listener.notFound();
      else if (status === errorStatus['sandbox-lost']) listener.died();
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
