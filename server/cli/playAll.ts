import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { read } from '../../scenarios/engine/read.ts';
import { outline, type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { everythingHolds } from './answers.ts';
import { play, type Setting } from './play.ts';
import type { Plan, Reporter, Run } from './reporter.ts';

/**
 * Play every scenario of the plan against each of its variants, several at a time, and report them in order. When one
 * cannot be played, the others are stopped; all their sandboxes are gone when this settles. One that needs another store is
 * skipped, and told of.
 *
 * @returns whether everything that was played holds; false when nothing was
 * @throws what `play` throws
 */
export async function playAll(plan: Plan, setting: Setting, reporter: Reporter): Promise<boolean> {
  const failure = new AbortController();
  const signal = AbortSignal.any([setting.signal, failure.signal]);
  // Each run that is under way listens, and that is no leak.
  setMaxListeners(0, signal);
  const playable = plan.scenarios.filter((scenario) => storesOf(scenario).includes(plan.store));
  const pairs = playable.flatMap((scenario) => plan.variants.map((variant) => ({ scenario, variant })));
  const start = async ({ scenario, variant }: Pair) => {
    try {
      return await play(scenario, variant, { ...setting, signal });
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  };
  const runs = startTogether(pairs, plan, start);

  // Nothing played is nothing shown.
  let holds = runs.length > 0;
  try {
    for (const scenario of plan.scenarios) {
      const index = playable.indexOf(scenario);
      if (index === -1) {
        reporter.skipped(scenario, scenario.needsRealRedis ?? '');
        continue;
      }
      const first = index * plan.variants.length;
      const played = await Promise.all(runs.slice(first, first + plan.variants.length));
      reporter.played(scenario, played);
      holds &&= played.every(({ trace }) => everythingHolds(read(trace)));
    }
  } finally {
    await Promise.allSettled(runs);
  }
  return holds;
}

interface Pair {
  scenario: Scenario;
  variant: Variant;
}

/** Waiting for real is no work, so many can wait together; a hash that takes a second is, and its logins must be answered in time. */
const mostWaiting = 16;

/** A few at once keep the processor busy while others wait for Redis or bcrypt. */
const mostWorking = 4;

/**
 * Starts every pair; the runs are in the order of the pairs. Those that really wait go first, many at once, and have the machine
 * to themselves: a lesson about seconds must not lose them to somebody else's hashes.
 */
function startTogether(pairs: Pair[], { pace, bcryptCost }: Plan, start: (pair: Pair) => Promise<Run>): Promise<Run>[] {
  const waits = ({ scenario }: Pair) =>
    pace === 'real' && bcryptCost < 10 && outline(scenario, pace, 'mock').letsTimePass;
  const [toWait, toWork] = [pLimit(mostWaiting), pLimit(mostWorking)];
  const waiting = pairs.map((pair) => (waits(pair) ? toWait(start, pair) : null));
  const waited = Promise.allSettled(waiting);
  return pairs.map((pair, index) => {
    const run = waiting[index] ?? toWork(() => waited.then(() => start(pair)));
    // Each is awaited in its turn; until then a failure is no unhandled one.
    run.catch(() => {});
    return run;
  });
}
