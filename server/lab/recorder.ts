import { type Trace, type TraceEvent, type TraceHeader, traceVersion } from '../../scenarios/engine/trace.ts';
import { createPasswordMask } from './passwords/maskEvent.ts';
import { createSidFinder, type SessionNames, type WithoutSids } from './sessionIds.ts';
import type { Clock } from './time/clock.ts';

/** An event as it is reported. The recorder adds its number, its time, its sessions and, by default, the current step. */
export type NewEvent = TraceEvent extends infer Event
  ? Event extends TraceEvent
    ? Omit<WithoutSids<Event>, 'seq' | 'at' | 'step'> & { step?: number | null }
    : never
  : never;

export interface Recorder {
  readonly trace: Trace;
  /** Appends an event, with passwords masked. Nothing is recorded after the `ended` event. */
  record(event: NewEvent): void;
  /** From now on, events that are about sessions of these apps carry a `sid`. */
  learnSessions(apps: readonly SessionNames[]): void;
  /** Sets the step that later events belong to; null between steps. */
  inStep(step: number | null): void;
  /** Calls the listener with every event from now on. Returns a function that stops it. */
  subscribe(listener: (event: TraceEvent) => void): () => void;
  /** The trace has reached a limit: only how the current step ends and the `ended` event are still recorded. */
  readonly full: boolean;
}

/**
 * Far more than any lesson needs, and few enough that a page can fold them and a laptop can hold hundreds of traces. Bytes are
 * those of the events as JSON.
 */
const usualRoom = { events: 20_000, bytes: 8 * 1024 * 1024 };

export type TraceRoom = typeof usualRoom;

/** The end of a step must be recorded, or the page would wait for it forever. */
const whatEnds: readonly TraceEvent['type'][] = ['ask', 'step-ended', 'ended'];

/** @param keep called with the bytes of each event; false: there is no memory for more events */
export function createRecorder(
  header: TraceHeader,
  clock: Clock,
  room: TraceRoom = usualRoom,
  keep: (bytes: number) => boolean = () => true,
): Recorder {
  const trace: Trace = { version: traceVersion, header, events: [] };
  const sessions = createSidFinder(header.namespace);
  const withoutPasswords = createPasswordMask(header);
  const listeners = new Set<(event: TraceEvent) => void>();
  let current: number | null = null;
  let ended = false;
  let bytes = 0;
  let kept = true;
  const isFull = () => !kept || trace.events.length >= room.events || bytes >= room.bytes;

  return {
    trace,
    record(reported) {
      if (ended || (isFull() && !whatEnds.includes(reported.type))) return;
      ended = reported.type === 'ended';
      const stamped = { seq: trace.events.length, at: clock.now(), step: current, ...reported };
      const event = withoutPasswords(sessions.withSids(stamped as WithoutSids<TraceEvent>));
      trace.events.push(event);
      const size = JSON.stringify(event).length;
      bytes += size;
      kept = keep(size) && kept;
      for (const listener of listeners) listener(event);
    },
    learnSessions: sessions.learn,
    inStep(step) {
      current = step;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get full() {
      return isFull();
    },
  };
}
