import { afterAll, beforeAll, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { people } from './deployment/people.ts';
import { createSandbox } from './sandbox.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openTestRedis('mock');
});
afterAll(() => redis.close());

// A learner reads between the steps, and an authenticator app shows a new code every 30 seconds.
test.each([20_000, 45_000])('second-factor-half-way holds when %i ms pass before each step', async (ms) => {
  const scenario = scenarios.find(({ slug }) => slug === 'second-factor-half-way')!;
  const settings = { scenario, variant: 'protected', store: 'mock', pace: 'jump', redis: redis.redisSwitch } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4) });
  try {
    for (const index of scenario.steps.keys()) {
      const [result] = await sandbox.playTo(index + 1);
      expect({ ...result }, `step ${index + 1}`).toMatchObject({ untrue: [], error: null });
      expect(result!.holds, `step ${index + 1}`).not.toBe(false);
      await sandbox.act({ do: 'jump-time', ms });
    }
  } finally {
    await sandbox.end('played');
  }
});
