import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { apartSince, differingSteps, partsAt } from './differingSteps.ts';

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
  const apart = differingSteps(await play('vulnerable', 5), await play('protected', 4));
  expect([...apart.keys()]).toEqual([2, 3]);
  expect([1, 2, 3].map((step) => partsAt(apart, step))).toEqual([false, true, false]);
  expect(apartSince(apart, 'mallory', 3)).toBe(2);
});
