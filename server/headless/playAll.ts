import { read } from '../../scenarios/engine/read.ts';
import { everythingHolds } from './answers.ts';
import { play, type Setting } from './play.ts';
import type { Plan, Reporter } from './reporter.ts';

/**
 * Play every scenario of the plan against each of its variants, several at a time, and report them in order. When one
 * cannot be played, the others are stopped; all their sandboxes are gone when this settles.
 *
 * @returns whether everything holds
 * @throws what `play` throws
 */
export async function playAll(plan: Plan, setting: Setting, reporter: Reporter): Promise<boolean> {
  const failure = new AbortController();
  const signal = AbortSignal.any([setting.signal, failure.signal]);
  const pairs = plan.scenarios.flatMap((scenario) => plan.variants.map((variant) => ({ scenario, variant })));
  const runs = startAll(pairs, mostAtOnce(plan), async ({ scenario, variant }) => {
    try {
      return await play(scenario, variant, { ...setting, signal });
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });

  // Nothing played is nothing shown.
  let holds = runs.length > 0;
  try {
    for (const [index, scenario] of plan.scenarios.entries()) {
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

/**
 * A few at once keep the processor busy while others wait for Redis or bcrypt. Waiting for real is no work, so there all can
 * wait together; but when a hash takes a second, a dozen logins at once would not be answered in time.
 */
function mostAtOnce({ pace, bcryptCost }: Plan): number {
  return pace === 'real' && bcryptCost < 13 ? Number.POSITIVE_INFINITY : 4;
}

/** Calls `work` for each item in order, with at most that many unfinished at a time. */
function startAll<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result>[] {
  const started: Promise<Result>[] = [];
  for (const item of items) {
    const before: Promise<unknown> = started.at(-atOnce) ?? Promise.resolve();
    const result = before.catch(() => {}).then(() => work(item));
    // Each is awaited in its turn; until then a failure is no unhandled one.
    result.catch(() => {});
    started.push(result);
  }
  return started;
}
