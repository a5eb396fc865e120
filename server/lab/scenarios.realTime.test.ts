import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { outline, storesOf } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { expectAnswers, playWhole, variants } from '../../testing/scenarioPlay.ts';

let redis: Record<StoreKind, TestRedis>;
let observer: Record<StoreKind, Redis>;

beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
  observer = { mock: await redis.mock.connect(), real: await redis.real.connect() };
});
afterAll(() => Promise.all(bothKinds.map((kind) => redis[kind].close())));

// The scenarios give these same answers where time is jumped: scenarios.mock.test.ts and scenarios.real.test.ts.
test('waiting in real time gives the same answers as jumping in time, on mock and real Redis', async () => {
  const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);
  expect(waiting.length).toBeGreaterThan(5);
  const runs = waiting.flatMap((scenario) =>
    variants.flatMap((variant) => storesOf(scenario).map((store) => ({ scenario, variant, store }))),
  );
  // All at once: hardly anything but waiting happens in the twenty seconds that the longest one takes.
  const traces = await Promise.all(
    runs.map(({ scenario, variant, store }) =>
      playWhole(scenario, redis[store], observer[store], { variant, pace: 'real' }),
    ),
  );
  for (const [index, trace] of traces.entries()) {
    const { scenario, variant, store } = runs[index]!;
    const what = `${scenario.slug}, ${variant}, ${store}`;
    expectAnswers(scenario, trace, what);
    expect(read(trace).jumped, what).toBe(0);
  }
}, 180_000);
