import { expect, test } from 'vitest';
import { testCaller } from '../../testing/commandLine.ts';
import { scenarioProgram } from './program.ts';

test('two threads report the same as one, in the same order', async () => {
  const words = ['first-login', 'session-fixation', '--repeat', '10', '--reporter', 'json'];
  const report = async (processors: number) => {
    const { caller, written } = testCaller({ processors });
    const code = await scenarioProgram(words, caller);
    return { code, ...JSON.parse((await written()).stdout, (key, value) => (key === 'ms' ? 0 : value)) };
  };
  const one = await report(1);
  expect(one).toMatchObject({ code: 0, holds: true });
  expect(await report(2)).toEqual(one);
});
