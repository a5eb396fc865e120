import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeOf } from '../../scenarios/engine/repairOutcome.ts';
import { storesOf } from '../../scenarios/engine/scenario.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { expectRepairs, playRepair } from '../../testing/repairs.ts';

// Every run has a third of them, beside the other plays: testing/everyScenario.ts.

let redis: Record<StoreKind, TestRedis>;
beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
});
afterAll(() => Promise.all([redis.mock.close(), redis.real.close()]));

test.each(scenarios.filter(({ repairs }) => repairs))(
  '$slug: with the fix, two plays have the same outcome, and each repair does what the scenario says',
  async (scenario) => {
    const { redisSwitch } = redis[storesOf(scenario)[0]!];
    const fixed = await playRepair(scenario, redisSwitch);
    expect(outcomeOf(await playRepair(scenario, redisSwitch), fixed)).toMatchObject({ is: 'holds', findings: [] });
    await expectRepairs(scenario, fixed, redisSwitch);
  },
);
