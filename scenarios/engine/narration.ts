/** What is told of a step: to a reader of one variant, and to a reader of both. Pure. */
import { fillDurations } from './durations.ts';
import type { StepOutline, TraceHeader, Variant } from './trace.ts';

/** One text for everybody, or one for each variant and one for both. */
export type Narration = string | Record<Variant | 'both', string>;

/** Returns the narrations of a step's outline, with the times in milliseconds filled in. */
export function narrationsIn(
  narration: Narration,
  times: Readonly<Record<string, number>>,
): { narration: string; narrationOf?: Record<Variant, string> } {
  if (typeof narration === 'string') return { narration: fillDurations(narration, times) };
  const of = (whom: keyof typeof narration) => fillDurations(narration[whom], times);
  return { narration: of('both'), narrationOf: { vulnerable: of('vulnerable'), protected: of('protected') } };
}

/** Whose story a run is: null where it is neither’s, because something that looks like the fix is played in its place. */
export const toldIn = ({ variant, repair }: Pick<TraceHeader, 'variant' | 'repair'>): Variant | null =>
  repair === undefined ? variant : null;

/** Returns what is told of a step to a reader of that variant. @param variant null for both */
export const narrationFor = ({ narration, narrationOf }: StepOutline, variant: Variant | null): string =>
  variant === null ? narration : (narrationOf?.[variant] ?? narration);
