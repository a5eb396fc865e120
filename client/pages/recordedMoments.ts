/** The moments of a recorded run that the first page shows: the end of each step. Pure. */
import { sessionIds } from '../../scenarios/engine/identity.ts';
import { read, type View } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

/** Returns the view at the end of each step that was played, and the session IDs of the whole run. */
export function recordedMoments(trace: Trace): { moments: View[]; sids: string[] } {
  const ends = trace.events.flatMap(({ type }, index) => (type === 'step-ended' ? [index + 1] : []));
  return { moments: ends.map((position) => read(trace, position)), sids: sessionIds(trace.events) };
}
