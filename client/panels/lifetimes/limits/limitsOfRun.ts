/** The limits of the app that the learner watches: the sliders start there. Pure. */
import { hours } from '../../../../scenarios/engine/durations.ts';
import { type Limits, usualLimits } from '../../../../scenarios/engine/limits.ts';
import type { TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { offeredLengths } from './limitSteps.ts';

/** What a weakness changes, as far as a slider can show it. */
const changes: Record<string, Partial<Limits>> = {
  'cookie-not-renewed': { rolling: false },
  'no-absolute-limit': { absolute: null },
  'idle-limit-only-in-the-cookie': { idle: hours(24) },
};

export const knownWeaknesses = Object.keys(changes);

/** Returns the limits of a run; the usual ones if it has others than the sliders offer, such as those for waiting in real time. */
export function limitsOfRun({ limits, variant, scenario }: TraceHeader): Limits {
  const offered = offeredLengths.includes(limits.idle) && offeredLengths.includes(limits.absolute);
  const change = variant === 'vulnerable' && scenario.weakness !== null ? changes[scenario.weakness] : undefined;
  return {
    ...usualLimits,
    ...(offered && { maxAge: limits.idle, absolute: limits.absolute }),
    ...change,
  };
}
