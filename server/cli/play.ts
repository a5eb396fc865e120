import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { read } from '../../scenarios/engine/read.ts';
import { outline, type Scenario, setupFor } from '../../scenarios/engine/scenario.ts';
import type { Trace, Variant } from '../../scenarios/engine/trace.ts';
import { createSandbox, type Sandbox, type SandboxSettings } from '../lab/sandbox.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { watchPauses } from './pauses.ts';
import { redact } from './redact.ts';
import { redisTrouble } from './redisTrouble.ts';
import { everythingHolds, type Plan, type Reporter, type Run } from './reporter.ts';
import { whySkipped } from './skipping.ts';

/** What every run of one command has in common. */
export interface Setting extends Pick<SandboxSettings, 'repair' | 'store' | 'pace' | 'users' | 'redis' | 'browser'> {
  /** Aborts with the reason why nothing more should be played. */
  signal: AbortSignal;
}

/**
 * Plays every scenario of the plan against each of its variants, several at a time, and reports them in order. A scenario that
 * cannot be played with this store or browser is reported as skipped. If one cannot be played, the others are stopped. All sandboxes have ended when this
 * settles.
 *
 * @param playOne plays one scenario against one variant
 * @returns whether everything that was played holds; false when nothing was played
 * @throws what `play` throws
 */
export async function playAll(plan: Plan, setting: Setting, reporter: Reporter, playOne = play): Promise<boolean> {
  const failure = new AbortController();
  const signal = AbortSignal.any([setting.signal, failure.signal]);
  // Every run adds a listener, and Node would report more than ten as a leak.
  setMaxListeners(0, signal);
  const playable = plan.scenarios.filter((scenario) => whySkipped(scenario, plan) === null);
  const pairs = playable.flatMap((scenario) => plan.variants.map((variant) => ({ scenario, variant })));
  const runs = startAll(pairs, plan, async ({ scenario, variant }) => {
    try {
      return await playOne(scenario, variant, { ...setting, signal });
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });

  let holds = runs.length > 0;
  try {
    for (const scenario of plan.scenarios) {
      const why = whySkipped(scenario, plan);
      if (why !== null) {
        reporter.skipped(scenario, why);
        continue;
      }
      const first = playable.indexOf(scenario) * plan.variants.length;
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

/** Runs that wait in real time need no processor, so many can wait at once. */
const mostWaiting = 16;

/** A few runs at once keep the processor busy while others wait for Redis or bcrypt. A real browser is busy with two. */
const mostWorking = (browser: string | undefined) => (browser === undefined ? 4 : 2);

/**
 * Starts a run for every pair and returns the runs in the order of the pairs. Runs that wait in real time are started first, and
 * the others after they have ended: a lesson about seconds must not lose them to the hashes of another run. With slow hashes
 * (cost 10 or more), waiting runs need the processor, too, and are treated like the others.
 */
function startAll(
  pairs: Pair[],
  { pace, bcryptCost, browser }: Plan,
  start: (pair: Pair) => Promise<Run>,
): Promise<Run>[] {
  const waits = ({ scenario }: Pair) =>
    pace === 'real' && bcryptCost < 10 && outline(scenario, pace, 'mock').letsTimePass;
  const [waiting, working] = [pLimit(mostWaiting), pLimit(mostWorking(browser))];
  const waitingRuns = pairs.map((pair) => (waits(pair) ? waiting(start, pair) : null));
  const waited = Promise.allSettled(waitingRuns);
  return pairs.map((pair, index) => {
    const run = waitingRuns[index] ?? working(() => waited.then(() => start(pair)));
    // playAll awaits the runs one after the other. Until then, a failure must not count as unhandled.
    run.catch(() => {});
    return run;
  });
}

/**
 * Plays one scenario against one variant in its own sandbox, which is ended afterwards.
 *
 * @throws InfrastructureFailed when Redis or the network failed, so that the run says nothing about the app; WrongUsage when the
 *   scenario cannot be set up; the reason of the signal when it aborts
 */
export async function play(scenario: Scenario, variant: Variant, setting: Setting): Promise<Run> {
  const { signal } = setting;
  signal.throwIfAborted();
  const started = performance.now();
  const awake = watchPauses();
  const sandbox = await setUp(scenario, variant, setting);
  let ended: Promise<void> | undefined;
  const end = (why: string) => {
    ended ??= sandbox.end(why);
    return ended;
  };
  // `void`: the `finally` below awaits the same promise.
  const interrupt = () => void end('It was interrupted.');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    signal.throwIfAborted();
    await sandbox.playTo(scenario.steps.length);
    const ms = performance.now() - started;
    signal.throwIfAborted();
    if (!setupFor(scenario, variant).ownRedis) await requireRedis(sandbox.trace, setting);
    if (!everythingHolds(read(sandbox.trace))) requireAwake(awake.longestPause());
    return { variant, ms, trace: redact(sandbox.trace) };
  } finally {
    awake.stop();
    signal.removeEventListener('abort', interrupt);
    await end('It was played to its end.');
  }
}

/** @throws InfrastructureFailed when this process did nothing for so long that what it waited for says nothing */
function requireAwake(pause: number): void {
  if (pause < 5000) return;
  throw new InfrastructureFailed(
    `This machine slept or was blocked for ${Math.round(pause / 1000)} s during the run, so the answers say nothing. Run it again.`,
  );
}

async function setUp(scenario: Scenario, variant: Variant, { signal: _, ...setting }: Setting): Promise<Sandbox> {
  try {
    return await createSandbox({ scenario, variant, ...setting });
  } catch (error) {
    if (error instanceof SandboxError && error.code === 'redis-unavailable')
      throw new InfrastructureFailed(error.message);
    // A system call failed: there is no free port, or too many files are open.
    if (error instanceof Error && 'syscall' in error) throw new InfrastructureFailed(`${error.message}.`);
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** @throws InfrastructureFailed when something does not hold and it was Redis that failed, because then it was not the app's fault */
async function requireRedis(trace: Trace, { store, redis }: Setting): Promise<void> {
  if (store === 'mock' || everythingHolds(read(trace))) return;
  const why = redisTrouble(trace.events, trace.header.namespace);
  const { available, reason } = await redis.status(true);
  if (!available) throw new InfrastructureFailed(`Redis was lost during the run: ${reason}`);
  if (why !== null) throw new InfrastructureFailed(why);
}
