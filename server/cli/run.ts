import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { people } from '../lab/deployment/people.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { BadRedisUrl } from '../redis/target.ts';
import { exitCodes, FailedOutside, InfrastructureFailed, Stopped } from './errors.ts';
import type { Options } from './options.ts';
import { play, playAll } from './play.ts';
import type { Reporter } from './reporter.ts';

/** What the process gives to the command. */
export interface Surroundings {
  /** REDIS_URL, which only a real Redis needs. */
  redisUrl: string | undefined;
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
  scenarios: readonly Scenario[],
  options: Options,
  reporter: Reporter,
  { redisUrl, complain, signal }: Surroundings,
): Promise<number> {
  const { store } = options;
  // Since the start of the process, because loading modules is a part of what the user waits for.
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
  { store, pace, variants, repair, bcryptCost, browser }: Options,
  reporter: Reporter,
  redisUrl: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const redis = openSwitch(store === 'real' ? redisUrl : undefined);
  try {
    const address = store === 'real' ? await findRealRedis(redis) : redis.address('mock');
    const users = await people(bcryptCost);
    const setting = { store, pace, users, redis, signal, ...(repair !== null && { repair }) };
    const plan = { scenarios, variants, repair, store, address, pace, bcryptCost };
    const playIn = (name?: string, playOne = play) => {
      const complete = { ...plan, ...(name !== undefined && { browser: name }) };
      reporter.started(complete);
      return playAll(complete, setting, reporter, playOne);
    };
    if (browser === 'virtual') return await playIn();
    // Loaded only for this: it needs a browser and a package that not everybody has.
    const { inChromium } = await import('./playInChromium.ts');
    return await inChromium(signal, playIn);
  } finally {
    await redis.close();
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
