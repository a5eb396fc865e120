import { read } from '../../scenarios/engine/read.ts';
import { everythingHolds, type Run } from './reporter.ts';

/** Puts the repetitions of a run together as they come. Keeps one trace of each result, because many would fill the memory. */
export function collectRepeats() {
  const results = new Map<string, { first: Run; times: number; holds: boolean }>();
  return {
    add(run: Run): void {
      const result = resultOf(run);
      const known = results.get(result);
      if (known) known.times += 1;
      else results.set(result, { first: run, times: 1, holds: everythingHolds(read(run.trace)) });
    },

    /** Returns the run to look at: one that does not hold, else one that differs from most, else the first. */
    run(): Run {
      const all = [...results.values()];
      const usual = all.reduce((most, one) => (one.times > most.times ? one : most));
      const shown = all.find(({ holds }) => !holds) ?? all.find((one) => one !== usual) ?? usual;
      const times = all.reduce((sum, one) => sum + one.times, 0);
      if (times === 1) return shown.first;
      const fail = all.reduce((sum, one) => sum + (one.holds ? 0 : one.times), 0);
      return { ...shown.first, repeated: { times, differ: times - usual.times, fail } };
    },
  };
}

/** What a run came to, as far as it should be the same each time. The texts of errors hold ports and times. */
function resultOf({ trace }: Run): string {
  const steps = read(trace).steps;
  return JSON.stringify(steps.map(({ state, ask, untrue }) => [state, ask?.actual, untrue.map(({ claim }) => claim)]));
}
