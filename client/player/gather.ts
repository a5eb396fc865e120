/** Gathers what an event stream brings, so that it is drawn once for each frame and not once for each event. */
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

/** One delivery per frame: the hundred events of a replay are drawn once. */
const gatherMs = 16;
/** A step that takes less time is drawn once; a longer one is drawn while it runs. */
const gatherInStepMs = 40;

/** @param now sandbox ms, when the server sent its clock */
export type Receive = (events: TraceEvent[], now: number | null) => void;

export interface Inbox {
  event(event: TraceEvent): void;
  /** @param at sandbox ms */
  clock(at: number): void;
  /** Throws away what was not delivered yet. */
  close(): void;
}

/** Collects what arrives within a frame and delivers it at once. */
export function gatherFor(receive: Receive): Inbox {
  let events: TraceEvent[] = [];
  let clock: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inStep = false;
  const deliver = () => {
    timer = undefined;
    receive(events, clock);
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
