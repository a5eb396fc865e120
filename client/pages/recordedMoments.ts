/** The moments of a recorded run that the first page shows: the end of each step. Pure. */
import { sessionIds } from '../../scenarios/engine/identity.ts';
import { read, type View } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

export interface RecordedMoment {
  view: View;
  /** The view at the end of the step before; before the first step, that of the beginning. */
  before: View;
}

/** Returns the end of each step that was played, and the session IDs of the whole run. */
export function recordedMoments(trace: Trace): { moments: RecordedMoment[]; sids: string[] } {
  const ends = trace.events.flatMap(({ type }, index) => (type === 'step-ended' ? [index + 1] : []));
  const views = [0, ...ends].map((position) => read(trace, position));
  const moments = views.slice(1).map((view, index) => ({ view, before: views[index]! }));
  return { moments, sids: sessionIds(trace.events) };
}
