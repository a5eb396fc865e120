import { longestTime } from '../../../scenarios/engine/durations.ts';
import type { EventOf, Pace } from '../../../scenarios/engine/trace.ts';
import type { Clock } from './clock.ts';
import { createElapsed, missedTooMuch } from './elapsed.ts';

/**
 * Lets time pass without a fake clock. A jump makes everything older: keys lose time to live, cookies and records in memory expire
 * earlier, and the app's clock moves. Code that only compares a stored time with now cannot tell that from waiting.
 * @param sandbox.others what else grows older: browsers with their cookies, session records in the app's memory
 * @param sandbox.jumped called after each jump
 */
export function createTime(sandbox: {
  clock: Clock;
  record(event: Pick<EventOf<'time'>, 'type' | 'ms' | 'how'> | Pick<EventOf<'wait'>, 'type' | 'ms'>): void;
  keys: { age(ms: number, moved: () => void): Promise<void>; expireDue(): Promise<void> };
  others: readonly { age(ms: number): void }[];
  pace: Pace;
  signal: AbortSignal;
  jumped(): void;
}) {
  const { clock, record, keys, others, pace, signal, jumped } = sandbox;

  // One after the other: two at once would read the same time to live, and the key would lose only one of the two jumps.
  let jumps: Promise<unknown> = Promise.resolve();

  function jump(ms: number): Promise<void> {
    const done = jumps.then(() =>
      keys.age(ms, () => {
        for (const one of others) one.age(ms);
        clock.jump(ms);
        record({ type: 'time', ms, how: 'jumped' });
        jumped();
      }),
    );
    jumps = done.catch(() => {});
    return done;
  }

  /** How many steps are waiting now. */
  let waits = 0;
  const waitListeners = new Set<() => void>();

  /**
   * Really waits. A jump meanwhile shortens the wait and is recorded on its own.
   * @throws Error when the process could not continue in time, because what has expired meanwhile makes every answer a wrong one
   */
  async function wait(ms: number): Promise<void> {
    const elapsed = createElapsed();
    record({ type: 'wait', ms });
    waits += 1;
    for (const listener of waitListeners) listener();
    await clock.wait(ms, signal).finally(() => {
      waits -= 1;
    });
    const waited = elapsed();
    record({ type: 'time', ms: waited, how: 'waited' });
    await keys.expireDue();
    if (waited - ms < missedTooMuch) return;
    const late = Math.round((waited - ms) / 1000);
    throw new Error(
      `This machine slept or was blocked for ${late} s while the step waited. What has expired meanwhile says nothing about the app: start again.`,
    );
  }

  return {
    /** Makes everything `ms` older. What is due then is deleted when this resolves. */
    jump,

    /** Whether a step really waits now. */
    get waiting(): boolean {
      return waits > 0;
    },

    /** Calls the listener each time a step starts to wait, until the returned function is called. */
    onWait(listener: () => void): () => void {
      waitListeners.add(listener);
      return () => waitListeners.delete(listener);
    },

    /** Lets that many milliseconds pass: waits or jumps, according to the pace. */
    async letPass(ms: number): Promise<void> {
      signal.throwIfAborted();
      if (typeof ms !== 'number' || !(ms >= 0 && ms <= longestTime))
        throw new RangeError(
          `Time passes by a number of milliseconds from 0 to a hundred years, not by ${String(ms)}.`,
        );
      await (pace === 'real' ? wait(ms) : jump(ms));
    },
  };
}

export type Time = ReturnType<typeof createTime>;
