/**
 * Moments of a trace: "after n steps" is everything up to where the next step starts, so what happened by itself or by hand
 * between two steps belongs to the moment before the later one.
 */
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

/** How many steps have been played to their end, well or not. */
export function stepsPlayed(events: readonly TraceEvent[]): number {
  return events.filter(({ type }) => type === 'step-ended').length;
}

/** How many steps have been started; one more than played while a step is running. */
export function stepsStarted(events: readonly TraceEvent[]): number {
  return events.filter(({ type }) => type === 'step-started').length;
}

/** How many events had been recorded at the moment after `steps` steps. */
export function positionAfter(events: readonly TraceEvent[], steps: number): number {
  const next = events.findIndex(({ type, step }) => type === 'step-started' && step === steps);
  return next === -1 ? events.length : next;
}
