import { SandboxError } from '../../scenarios/engine/errors.ts';
import { read } from '../../scenarios/engine/read.ts';
import { type Scenario, setupFor } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace, Variant } from '../../scenarios/engine/trace.ts';
import type { User } from '../app/db.ts';
import { createSandbox, type Sandbox } from '../lab/sandbox.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { everythingHolds } from './answers.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import type { Run } from './reporter.ts';
import { shortened } from './shortened.ts';

/** What every run of one command has in common. */
export interface Setting {
  store: StoreKind;
  pace: Pace;
  users: readonly User[];
  redis: RedisSwitch;
  /** Aborts with why nothing more is to be played. */
  signal: AbortSignal;
}

/**
 * Play one scenario against one variant in a sandbox of its own, which is gone afterwards.
 *
 * @throws InfrastructureFailed when Redis or the loopback failed, so that the run says nothing about the app; the signal's
 * reason when it aborts; WrongUsage when the scenario cannot be set up
 */
export async function play(scenario: Scenario, variant: Variant, setting: Setting): Promise<Run> {
  const { signal } = setting;
  signal.throwIfAborted();
  const started = performance.now();
  const sandbox = await setUp(scenario, variant, setting);
  let ended: Promise<void> | undefined;
  const end = (why: string) => {
    ended ??= sandbox.end(why);
    return ended;
  };
  const interrupt = () => void end('It was interrupted.');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    signal.throwIfAborted();
    await sandbox.playTo(scenario.steps.length);
    const ms = performance.now() - started;
    signal.throwIfAborted();
    if (!setupFor(scenario, variant).ownRedis) await requireRedis(sandbox.trace, setting);
    return { variant, ms, trace: shortened(sandbox.trace) };
  } finally {
    signal.removeEventListener('abort', interrupt);
    await end('It was played to its end.');
  }
}

async function setUp(scenario: Scenario, variant: Variant, { signal: _, ...setting }: Setting): Promise<Sandbox> {
  try {
    return await createSandbox({ scenario, variant, ...setting });
  } catch (error) {
    if (error instanceof SandboxError && error.code === 'redis-unavailable')
      throw new InfrastructureFailed(error.message);
    // A system call failed: no free port, too many open files.
    if (error instanceof Error && 'syscall' in error) throw new InfrastructureFailed(`${error.message}.`);
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** What does not hold on a Redis that was lost meanwhile, or does not answer now, was not the app's doing. */
async function requireRedis(trace: Trace, { store, redis }: Setting): Promise<void> {
  if (store === 'mock' || everythingHolds(read(trace))) return;
  const { available, reason } = await redis.status();
  if (!available) throw new InfrastructureFailed(`Redis was lost on the way: ${reason}`);
  const wasLost = trace.events.some((event) => event.type === 'store' && event.status === 'lost');
  if (wasLost) throw new InfrastructureFailed('The connection to Redis was lost on the way.');
}
