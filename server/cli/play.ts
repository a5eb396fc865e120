import { SandboxError } from '../../scenarios/engine/errors.ts';
import { read } from '../../scenarios/engine/read.ts';
import { type Scenario, setupFor } from '../../scenarios/engine/scenario.ts';
import type { Trace, Variant } from '../../scenarios/engine/trace.ts';
import { createSandbox, type Sandbox, type SandboxSettings } from '../lab/sandbox.ts';
import { missedTooMuch } from '../lab/time/elapsed.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { watchPauses } from './pauses.ts';
import { redact } from './redact.ts';
import { redisTrouble } from './redisTrouble.ts';
import { everythingHolds, type Run } from './reporter.ts';

/** What every run of one command has in common. */
export interface Setting extends Pick<SandboxSettings, 'repair' | 'store' | 'pace' | 'users' | 'redis' | 'browser'> {
  /** Aborts with the reason why nothing more should be played. */
  signal: AbortSignal;
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
  if (pause < missedTooMuch) return;
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
