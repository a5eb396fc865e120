/**
 * The trace reader: computes what is visible after the first `position` events. Nothing else folds a trace. The page is a
 * cursor over it; the terminal report reads its end. Pure.
 */

import { foldAll } from './fold.ts';
import type { Trace, TraceEvent } from './trace.ts';
import { emptyView, type View } from './view.ts';

export type { ActorView, Exchange, StepView, View } from './view.ts';

/** Returns what is visible after the first `position` events. Default: after all events. */
export function read(trace: Pick<Trace, 'header' | 'events'>, position = trace.events.length): View {
  return foldAll(emptyView(trace.header), trace.events.slice(0, position));
}

/** Returns how many events there are up to the end of a step; null if it has not ended. */
export function endOfStep(events: readonly TraceEvent[], step: number): number | null {
  const end = events.findIndex((event) => event.type === 'step-ended' && event.step === step);
  return end === -1 ? null : end + 1;
}
