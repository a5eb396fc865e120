/** For tests: really waiting and jumping in time have the same course. */
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../scenarios/engine/read.ts';
import { type Scenario, storesOf } from '../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace } from '../scenarios/engine/trace.ts';
import { courseOf, differences, withShortTimes, workOf } from './course.ts';
import { bothKinds, openTestRedis, type TestRedis } from './redisStores.ts';
import { expectAnswers, playWhole, variants } from './scenarioPlay.ts';

/** The dates of HTTP have whole seconds. Milliseconds. */
const wholeSecond = 1100;

/** Defines the test: each scenario, in both variants and on each of its stores. `also` gets the traces of the plays that waited. */
export function testRealTime(waiting: readonly Scenario[], also: (waited: Trace[]) => void = () => {}): void {
  let redis: Record<StoreKind, TestRedis>;
  let observer: Record<StoreKind, Redis>;

  beforeAll(async () => {
    redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
    observer = { mock: await redis.mock.connect(), real: await redis.real.connect() };
  });
  afterAll(() => Promise.all(bothKinds.map((kind) => redis[kind].close())));

  test('really waiting is like jumping in time at every step: what is sent, stored, renewed and answered', async () => {
    const runs = waiting.flatMap((scenario) =>
      variants.flatMap((variant) => storesOf(scenario).map((store) => ({ scenario, variant, store }))),
    );
    const play = (scenario: Scenario, { variant, store }: (typeof runs)[number], pace: Pace) =>
      playWhole(scenario, redis[store], observer[store], { variant, pace });
    // All at once: hardly anything but waiting happens in the twenty seconds that the longest one takes.
    const waited = await Promise.all(runs.map((run) => play(run.scenario, run, 'real')));
    for (const [index, trace] of waited.entries()) {
      const run = runs[index]!;
      const what = `${run.scenario.slug}, ${run.variant}, ${run.store}`;
      expectAnswers(run.scenario, trace, what);
      expect(read(trace).jumped, what).toBe(0);
      const jumped = await play(withShortTimes(run.scenario), run, 'jump');
      const tolerance = wholeSecond + workOf(jumped) + workOf(trace);
      expect(differences(courseOf(jumped), courseOf(trace), tolerance), what).toEqual([]);
    }
    also(waited);
  }, 180_000);
}
