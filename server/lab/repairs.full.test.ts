import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeOf } from '../../scenarios/engine/repairOutcome.ts';
import { storesOf } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { playRepair } from '../../testing/repairs.ts';

// That each repair fails as its scenario says: in every run, beside the other plays (testing/everyScenario.ts).

let redis: Record<StoreKind, TestRedis>;
beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
});
afterAll(() => Promise.all([redis.mock.close(), redis.real.close()]));

test.each(scenarios.filter(({ repairs }) => repairs))(
  '$slug: with the fix, two plays have the same outcome',
  async (scenario) => {
    const { redisSwitch } = redis[storesOf(scenario)[0]!];
    const fixed = await playRepair(scenario, redisSwitch);
    expect(outcomeOf(await playRepair(scenario, redisSwitch), fixed)).toMatchObject({ is: 'holds', findings: [] });
  },
);
