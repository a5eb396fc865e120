import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutes } from '../../scenarios/engine/durations.ts';
import { read } from '../../scenarios/engine/read.ts';
import { outline, type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { courseOf, differences, withShortTimes, workOf } from '../../testing/course.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { expectAnswers, playWhole, variants } from '../../testing/scenarioPlay.ts';

let redis: Record<StoreKind, TestRedis>;
let observer: Record<StoreKind, Redis>;

beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
  observer = { mock: await redis.mock.connect(), real: await redis.real.connect() };
});
afterAll(() => Promise.all(bothKinds.map((kind) => redis[kind].close())));

/**
 * The record is saved, then only renewed, and saved again when its own `expires` has passed: connect-redis deletes it then.
 * (connect-redis issues 259, 292 and 321)
 */
const savedLate: Scenario = {
  ...scenarios.find(({ slug }) => slug === 'session-fixation')!,
  slug: 'saved-late',
  times: { idle: minutes(30), pause: minutes(20) },
  inRealTime: { idle: 6000, pause: 4000 },
  steps: [
    step(({ alice }) => alice!.post('/basket', { item: 'hat' })),
    step(async ({ alice, world }) => {
      await world.letPass(world.times.pause!);
      await alice!.get('/basket');
    }),
    step(async ({ alice, world }) => {
      await world.letPass(world.times.pause!);
      await alice!.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
    }),
  ],
};

function step(act: Scenario['steps'][number]['act']): Scenario['steps'][number] {
  return { title: 'A step', purpose: '', narration: '', act };
}

/** The dates of HTTP have whole seconds. Milliseconds. */
const wholeSecond = 1100;

// The scenarios give these same answers where time is jumped: scenarios.mock.test.ts, scenarios.real.test.ts and scenarios.real.full.test.ts.
test('really waiting is like jumping in time at every step: what is sent, stored, renewed and answered', async () => {
  const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);
  expect(waiting.length).toBeGreaterThan(5);
  const runs = [...waiting, savedLate].flatMap((scenario) =>
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
  const late = waited[runs.findIndex(({ scenario, variant }) => scenario === savedLate && variant === 'vulnerable')]!;
  expect(late.events).toContainEqual(expect.objectContaining({ type: 'key', change: 'deleted' }));
}, 180_000);
