import { people } from '../lab/deployment/people.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { BadRedisUrl } from '../redis/target.ts';
import { exitCodes, FailedOutside, InfrastructureFailed, Stopped } from './errors.ts';
import type { Options } from './options.ts';
import type { play, Setting } from './play.ts';
import { playAll } from './playAll.ts';
import type { Plan, Reporter } from './reporter.ts';
import { isWorthIt, startSecondThread } from './secondThread.ts';
import type { Selected } from './selection.ts';
import { tellingSlowness } from './slowRedis.ts';

/** What the process gives to the command. */
export interface Surroundings {
  /** REDIS_URL, which only a real Redis needs. */
  redisUrl: string | undefined;
  /** How many processors this process may use. */
  processors: number;
  /** Calls this with the reason if the process exits before the run has ended. Returns what takes that back. */
  onExit: (work: (why: string) => void) => () => void;
  /** Shows the error that stopped the run. */
  complain: (stopped: Stopped) => void;
  /** Aborts with the reason when the process should end. */
  signal: AbortSignal;
}

/**
 * Plays the scenarios and reports on them. Everything that was opened is closed when this settles.
 *
 * @returns the exit code
 */
export async function run(
  selected: readonly Selected[],
  options: Options,
  reports: Reporter,
  surroundings: Surroundings,
): Promise<number> {
  const { complain, onExit } = surroundings;
  const reporter = tellingSlowness(reports);
  const finish = (holds: boolean, stopped: string | null) => {
    // Since the start of the process, because loading modules is a part of what the user waits for.
    reporter.finished({ store: options.store, holds, ms: performance.now(), stopped });
  };
  const ended = onExit((why) => finish(false, why));
  const result = await playOnRedis(selected, options, reporter, surroundings).catch(asStopped);
  ended();
  try {
    finish(result === true, result instanceof Stopped ? result.message : null);
    if (!(result instanceof Stopped)) return result ? exitCodes.everythingHolds : exitCodes.somethingDoesNotHold;
    complain(result);
    return result.exitCode;
  } catch (error) {
    // A report cannot be written. What the run came to counts more.
    if (result instanceof Stopped) complain(result);
    const lost = asStopped(error);
    complain(lost);
    if (result instanceof Stopped) return result.exitCode;
    return result ? lost.exitCode : exitCodes.somethingDoesNotHold;
  }
}

const asStopped = (error: unknown): Stopped => (error instanceof Stopped ? error : new FailedOutside(error));

async function playOnRedis(
  selected: readonly Selected[],
  options: Options,
  reporter: Reporter,
  { redisUrl, signal, processors }: Surroundings,
): Promise<boolean> {
  const { store, pace, variants, repair, bcryptCost, repeat, workers, bail } = options;
  const redis = openSwitch(store === 'real' ? redisUrl : undefined);
  try {
    const address = store === 'real' ? await findRealRedis(redis) : redis.address('mock');
    const users = await people(bcryptCost);
    const setting = { store, pace, users, redis, signal, ...(repair !== null && { repair }) };
    const plan = {
      ...{ variants, repair, store, address, pace, bcryptCost, repeat, bail },
      scenarios: selected.map(({ scenario }) => scenario),
      files: new Map(selected.map(({ scenario, file }) => [scenario, file])),
    };
    const playIn = (name?: string, playOne?: typeof play) => {
      // A real browser keeps the processor busy with two runs.
      const complete =
        name === undefined ? { ...plan, workers } : { ...plan, workers: Math.min(workers, 2), browser: name };
      reporter.started(complete);
      if (playOne || !isWorthIt(complete, processors)) return playAll(complete, setting, reporter, playOne);
      return playInTwoThreads(complete, setting, reporter);
    };
    if (options.browser === 'virtual') return await playIn();
    // Loaded only for this: it needs a browser and a package that not everybody has.
    const { inChromium } = await import('./playInChromium.ts');
    return await inChromium(signal, playIn);
  } finally {
    await redis.close();
  }
}

async function playInTwoThreads(plan: Plan, setting: Setting, reporter: Reporter): Promise<boolean> {
  const second = await startSecondThread(plan);
  try {
    return await playAll(plan, setting, reporter, second.play);
  } finally {
    await second.close();
  }
}

function openSwitch(url: string | undefined): RedisSwitch {
  try {
    return createRedisSwitch({ url });
  } catch (error) {
    if (error instanceof BadRedisUrl) throw new InfrastructureFailed(error.message);
    throw error;
  }
}

/**
 * Returns the address of the real Redis for people, without a password.
 *
 * @throws InfrastructureFailed with the reason and three ways to get a Redis, when there is none
 */
async function findRealRedis(redis: RedisSwitch): Promise<string> {
  const { available, address, reason, waysToGetOne } = await redis.status(true);
  if (!available) throw new InfrastructureFailed(`There is no real Redis: ${reason}`, waysToGetOne);
  return address ?? 'a redis-server started for this run';
}
