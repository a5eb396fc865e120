import type { Reporter } from './reporter.ts';

/** Tells all of them. When one throws at the end, the others have still finished. */
export function together(reporters: readonly Reporter[]): Reporter {
  return {
    started: (plan) => each(reporters, (reporter) => reporter.started(plan)),
    playing: (scenario, variant) => each(reporters, (reporter) => reporter.playing?.(scenario, variant)),
    ended: (scenario, variant, holds) => each(reporters, (reporter) => reporter.ended?.(scenario, variant, holds)),
    played: (scenario, runs) => each(reporters, (reporter) => reporter.played(scenario, runs)),
    skipped: (scenario, reason) => each(reporters, (reporter) => reporter.skipped(scenario, reason)),
    finished: (outcome) => each(reporters, (reporter) => reporter.finished(outcome)),
  };
}

function each(reporters: readonly Reporter[], tell: (reporter: Reporter) => void): void {
  const errors: unknown[] = [];
  for (const reporter of reporters) {
    try {
      tell(reporter);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
