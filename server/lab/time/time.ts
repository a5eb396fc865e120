import type { Pace } from '../../../scenarios/engine/trace.ts';
import type { LabActor } from '../browser/actor.ts';
import type { Shop } from '../deployment/deployment.ts';
import type { Lens } from '../lens/lens.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from './clock.ts';

/**
 * Moving time without a fake clock. To whatever only compares a stored time with now, everything growing older is the same as
 * now moving on: keys lose time to live; cookies, records in memory and the app's clock move. What was due is gone before this
 * resolves.
 */
export function createTime(world: {
  clock: Clock;
  recorder: Recorder;
  lens: Lens;
  actors: LabActor[];
  shop: Pick<Shop, 'age'>;
  pace: Pace;
  signal: AbortSignal;
  /** Called after each jump. */
  jumped: () => void;
}) {
  const { clock, recorder, lens, actors, shop, pace, signal, jumped } = world;

  // One after the other: two at once would read the same time to live, and it would shrink by one of them only.
  let jumps: Promise<unknown> = Promise.resolve();

  function jump(ms: number): Promise<void> {
    const done = jumps.then(() =>
      lens.keys.age(ms, () => {
        for (const actor of actors) actor.age(ms);
        shop.age(ms);
        clock.jump(ms);
        recorder.record({ type: 'time', ms, how: 'jumped' });
        jumped();
      }),
    );
    jumps = done.catch(() => {});
    return done;
  }

  /** How many steps really wait at this moment, and who wants to know when one does. */
  let waits = 0;
  const wantToKnow: (() => void)[] = [];

  /** Really wait. A jump by hand meanwhile takes its share of the wait, and says so itself. */
  async function wait(ms: number): Promise<void> {
    const started = performance.now();
    recorder.record({ type: 'wait', ms });
    waits += 1;
    for (const tell of wantToKnow.splice(0)) tell();
    await clock.wait(ms, signal).finally(() => {
      waits -= 1;
    });
    recorder.record({ type: 'time', ms: performance.now() - started, how: 'waited' });
    await lens.keys.expireDue();
  }

  return {
    jump,
    /** A step really waits now. */
    get waiting(): boolean {
      return waits > 0;
    },
    /** Resolves when a step really waits, which may be now. */
    stepWaits: (): Promise<void> =>
      waits > 0 ? Promise.resolve() : new Promise((resolve) => void wantToKnow.push(resolve)),
    letPass: async (ms: number): Promise<void> => {
      signal.throwIfAborted();
      if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY))
        throw new RangeError(`Time passes by a number of milliseconds from 0 on, not by ${ms}.`);
      await (pace === 'real' ? wait(ms) : jump(ms));
    },
  };
}

export type Time = ReturnType<typeof createTime>;
