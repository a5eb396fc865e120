import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { outline, type Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { Bailed } from './errors.ts';
import { play, type Setting } from './play.ts';
import { collectRepeats } from './repeats.ts';
import { type Plan, type Reporter, type Run, runHolds } from './reporter.ts';
import { whySkipped } from './skipping.ts';

/**
 * Plays every scenario of the plan against each of its variants, several at a time, and reports them in order. A scenario that
 * this store or browser cannot show is reported as skipped. If a run fails for another reason, the others are stopped. All sandboxes
 * have ended when this settles.
 *
 * @param playOne plays one scenario against one variant
 * @returns whether everything that was played holds; false when nothing was played
 * @throws Bailed when as many scenarios do not hold as the plan allows; they are reported, and the others that were played
 * @throws what `play` throws
 */
export async function playAll(plan: Plan, setting: Setting, reporter: Reporter, playOne = play): Promise<boolean> {
  const stop = new AbortController();
  const signal = AbortSignal.any([setting.signal, stop.signal]);
  // Every run adds a listener, and Node would report more than ten as a leak.
  setMaxListeners(0, signal);
  const playable = plan.scenarios.filter((scenario) => whySkipped(scenario, plan) === null);
  const pairs = playable.flatMap((scenario) => plan.variants.map((variant) => ({ scenario, variant })));
  const failed = new Set<Scenario>();
  const runs = startAll(pairs, plan, async ({ scenario, variant }) => {
    try {
      signal.throwIfAborted();
      reporter.playing?.(scenario, variant);
      const run = await playOne(scenario, variant, { ...setting, signal });
      const holds = runHolds(run);
      reporter.ended?.(scenario, variant, holds);
      if (!holds) failed.add(scenario);
      if (failed.size >= (plan.bail ?? Number.POSITIVE_INFINITY)) stop.abort(new Bailed(failed.size));
      return run;
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  try {
    return await report(plan, playable, runs, reporter);
  } finally {
    await Promise.allSettled(runs);
  }
}

/** Reports each scenario when its runs have ended. Those that were not played because of another one are left out. */
async function report(
  plan: Plan,
  playable: readonly Scenario[],
  runs: readonly Promise<Run>[],
  reporter: Reporter,
): Promise<boolean> {
  let holds = runs.length > 0;
  let bailed: Bailed | null = null;
  for (const scenario of plan.scenarios) {
    const index = playable.indexOf(scenario);
    const why = whySkipped(scenario, plan);
    if (why !== null) {
      reporter.skipped(scenario, why);
      continue;
    }
    const first = index * plan.variants.length;
    const settled = await Promise.allSettled(runs.slice(first, first + plan.variants.length));
    const reason = settled.find((one) => one.status === 'rejected')?.reason;
    if (reason instanceof Bailed) bailed = reason;
    else if (reason !== undefined) throw reason;
    const played = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (played.length > 0) reporter.played(scenario, played);
    holds &&= played.every(runHolds);
  }
  if (bailed) throw bailed;
  return holds;
}

interface Pair {
  scenario: Scenario;
  variant: Variant;
}

/** Runs that wait in real time need no processor, so many can wait at once. */
const mostWaiting = 16;

/**
 * Starts every pair, each as often as the plan repeats it, and returns their runs in the order of the pairs. Runs that wait in real
 * time are started first, and the others after they have ended: the hashes of another run would delay a lesson about seconds. With slow
 * hashes (cost 10 or more), waiting runs need the processor, too, and are treated like the others.
 */
function startAll(
  pairs: readonly Pair[],
  { pace, bcryptCost, workers, repeat }: Plan,
  start: (pair: Pair) => Promise<Run>,
): Promise<Run>[] {
  const waits = ({ scenario }: Pair) =>
    pace === 'real' && bcryptCost < 10 && outline(scenario, pace, 'mock').letsTimePass;
  const [waiting, working] = [pLimit(Math.max(mostWaiting, workers)), pLimit(workers)];
  const times = Array.from({ length: repeat });
  const repeated = async (once: () => Promise<Run>) => {
    const collected = collectRepeats();
    await Promise.all(times.map(async () => collected.add(await once())));
    return collected.run();
  };
  const waitingRuns = pairs.map((pair) => (waits(pair) ? repeated(() => waiting(start, pair)) : null));
  const waited = Promise.allSettled(waitingRuns);
  return pairs.map((pair, index) => {
    const run = waitingRuns[index] ?? repeated(() => working(() => waited.then(() => start(pair))));
    // They are awaited one after the other. Until then, a failure must not count as unhandled.
    run.catch(() => {});
    return run;
  });
}
