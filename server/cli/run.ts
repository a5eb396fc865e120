import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { FailedOutside, Stopped } from './errors.ts';
import { exitCodes } from './exitCodes.ts';
import type { Options } from './options.ts';
import { openRedis } from './redis.ts';
import type { Reporter } from './reporter.ts';

/** What the process gives to the command it runs. */
export interface Surroundings {
  /** REDIS_URL, which only a real Redis needs. */
  redisUrl: string | undefined;
  /** Told what stopped it. */
  complain: (stopped: Stopped) => void;
  /** Aborts with the reason when somebody ends the process. */
  signal: AbortSignal;
}

/**
 * Play the scenarios and report on them; everything it opened is closed when this settles.
 *
 * @returns the exit code
 */
export async function run(
  scenarios: readonly Scenario[],
  options: Options,
  reporter: Reporter,
  { redisUrl, complain, signal }: Surroundings,
): Promise<number> {
  const { store } = options;
  // Since the process began: what somebody waited for includes loading.
  const ms = () => performance.now();
  try {
    const holds = await playOnRedis(scenarios, options, reporter, redisUrl, signal);
    reporter.finished({ store, holds, ms: ms(), stopped: null });
    return holds ? exitCodes.everythingHolds : exitCodes.somethingDoesNotHold;
  } catch (error) {
    const stopped = error instanceof Stopped ? error : new FailedOutside(error);
    reporter.finished({ store, holds: false, ms: ms(), stopped: stopped.message });
    complain(stopped);
    return stopped.exitCode;
  }
}

async function playOnRedis(
  scenarios: readonly Scenario[],
  { store, pace, variants, bcryptCost }: Options,
  reporter: Reporter,
  redisUrl: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  // Hashing is slow on purpose, and done by other threads: it goes on while the rest is loaded.
  const hashing = import('../lab/deployment/people.ts').then(({ people }) => people(bcryptCost));
  const loading = import('./playAll.ts');
  const { redis, address } = await openRedis(store, redisUrl);
  try {
    const [users, { playAll }] = await Promise.all([hashing, loading]);
    const plan = { scenarios, variants, store, address, pace, bcryptCost };
    reporter.started(plan);
    return await playAll(plan, { store, pace, users, redis, signal }, reporter);
  } finally {
    await redis.close();
  }
}
