import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { differingSteps } from './differingSteps.ts';

test('steps differ from the login on that keeps the session ID, and only those that both have played', async () => {
  const redis = createRedisSwitch({ url: undefined });
  const users = await people(4);
  const scenario = scenarios.find(({ slug }) => slug === 'session-fixation')!;
  const play = async (variant: 'vulnerable' | 'protected', steps: number) => {
    const sandbox = await createSandbox({ scenario, variant, store: 'mock', pace: 'jump', users, redis });
    await sandbox.playTo(steps);
    await sandbox.end('played');
    return sandbox.trace;
  };
  expect([...differingSteps(await play('vulnerable', 5), await play('protected', 4))]).toEqual([2, 3]);
});
