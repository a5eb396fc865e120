import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { apartSince, differingSteps, partsAt } from './differingSteps.ts';

test('steps differ from the login on that keeps the session ID, and only those that both have played', async () => {
  const [vulnerable, fixed] = await Promise.all([
    playedScenario('session-fixation', 'vulnerable'),
    playedScenario('session-fixation', 'protected'),
  ]);
  const apart = differingSteps(vulnerable, upToStep(fixed, 4));
  expect([...apart.keys()]).toEqual([2, 3]);
  expect([1, 2, 3].map((step) => partsAt(apart, step))).toEqual([false, true, false]);
  expect(apartSince(apart, 'mallory', 3)).toBe(2);
});
