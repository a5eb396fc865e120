import type { Trace, TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { Clock } from './time/clock.ts';

/** An event as whoever saw it tells it; the recorder adds its number, its time and, unless told, the step it happened in. */
export type Told = TraceEvent extends infer Event
  ? Event extends TraceEvent
    ? Omit<Event, 'seq' | 'at' | 'step'> & { step?: number | null }
    : never
  : never;

export interface Recorder {
  readonly trace: Trace;
  /** The end is the last event: what is told after it is not recorded. */
  record(told: Told): void;
  /** Which step what happens from now on belongs to; null between steps. */
  inStep(step: number | null): void;
  /** Called for every event from now on; returns how to stop. */
  subscribe(listener: (event: TraceEvent) => void): () => void;
  readonly subscribers: number;
  /** The trace has reached its limit: nothing but the end is recorded any more. */
  readonly full: boolean;
}

/** Far beyond any lesson, and small enough that a page can fold it and a laptop hold hundreds. */
export const mostEvents = 20_000;

export function createRecorder(header: TraceHeader, clock: Clock, limit = mostEvents): Recorder {
  const trace: Trace = { version: 1, header, events: [] };
  const listeners = new Set<(event: TraceEvent) => void>();
  let current: number | null = null;
  let ended = false;

  return {
    trace,
    record(told) {
      if (ended || (trace.events.length >= limit && told.type !== 'ended')) return;
      ended = told.type === 'ended';
      const event = { seq: trace.events.length, at: clock.now(), step: current, ...told } as TraceEvent;
      trace.events.push(event);
      for (const listener of listeners) listener(event);
    },
    inStep(step) {
      current = step;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get subscribers() {
      return listeners.size;
    },
    get full() {
      return trace.events.length >= limit;
    },
  };
}
