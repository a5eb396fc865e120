import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storesOf } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { people } from './deployment/people.ts';
import { createSandbox } from './sandbox.ts';

/** How long a learner reads before each step. Milliseconds. */
const reading = 30_000;

let redis: TestRedis;
beforeAll(async () => {
  redis = await openTestRedis('mock');
});
afterAll(() => redis.close());

const onMock = scenarios.filter((scenario) => storesOf(scenario).includes('mock'));

describe('a scenario holds for somebody who reads before each step:', () => {
  test.each(
    onMock.flatMap((scenario) =>
      (['vulnerable', 'protected'] as const).map((variant) => ({ slug: scenario.slug, variant, scenario })),
    ),
  )('$slug, $variant', async ({ scenario, variant }) => {
    const users = await people(4);
    const sandbox = await createSandbox({
      scenario,
      variant,
      store: 'mock',
      pace: 'jump',
      users,
      redis: redis.redisSwitch,
    });
    try {
      for (const index of scenario.steps.keys()) {
        const [result] = await sandbox.playTo(index + 1);
        expect({ ...result, holds: result!.holds !== false }, `step ${index + 1}`).toEqual({
          holds: true,
          untrue: [],
          error: null,
        });
        await sandbox.act({ do: 'jump-time', ms: reading });
      }
    } finally {
      await sandbox.end('played');
    }
  });
});
