import type { Trace } from '../../../scenarios/engine/trace.ts';
import { differences } from './compare.ts';
import { knownDifferences, reasonFor } from './knownDifferences.ts';

/**
 * Returns the trace of Chromium, in which each step also says what the virtual browser did differently, and why, where that is known.
 * A step that was not played says nothing: the one before it says why.
 */
export function withDifferences(chromium: Trace, virtual: Trace, known = knownDifferences): Trace {
  const { scenario, variant } = chromium.header;
  const found = differences(virtual, chromium);
  const events = chromium.events.map((event) => {
    if (event.type !== 'step-ended') return event;
    const differs = found
      .filter(({ index }) => index === event.step)
      .map(({ step, what, virtual, chromium }) => {
        const reason = reasonFor({ scenario: scenario.slug, variant, step, what }, known);
        return { what, virtual, real: chromium, ...(reason !== undefined && { reason }) };
      });
    return differs.length === 0 ? event : { ...event, differs };
  });
  return { ...chromium, events };
}
