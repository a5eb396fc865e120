import type { Reporter, Run } from './reporter.ts';

/** Returns the sentence that the page shows when Redis begins to answer slowly, if it did in one of the runs; null otherwise. */
export function slowRedis(runs: readonly Pick<Run, 'trace'>[]): string | null {
  const events = runs.flatMap(({ trace }) => trace.events);
  const slow = events.find((event) => event.type === 'store' && event.status === 'slow');
  return slow?.type === 'store' ? slow.why : null;
}

/** Returns the reporter, which is told at the end that Redis was slow, in the sentence of the first run that noticed it. */
export function tellingSlowness(reporter: Reporter): Reporter {
  let slow: string | null = null;
  return {
    ...reporter,
    played(scenario, runs) {
      slow ??= slowRedis(runs);
      reporter.played(scenario, runs);
    },
    finished: (outcome) => reporter.finished(slow === null ? outcome : { ...outcome, slow }),
  };
}
