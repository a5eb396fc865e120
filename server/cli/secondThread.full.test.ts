import { expect, test } from 'vitest';
import firstLogin from '../../scenarios/first-login.ts';
import { testCaller } from '../../testing/commandLine.ts';
import { endBothThreads, settingHere, settingThere, startBusy } from '../../testing/twoThreads.ts';
import { Interrupted, WrongUsage } from './errors.ts';
import { scenarioProgram } from './program.ts';

endBothThreads();

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

test('what cannot be played there is said in the same sentence as here', async () => {
  const second = await startBusy('no-such-repair');
  const there = second.play(firstLogin, 'protected', await settingThere());
  const here = settingHere().then((setting) =>
    second.play(firstLogin, 'protected', { ...setting, repair: 'no-such-repair' }),
  );
  const [one, other] = await Promise.all([there, here].map((run) => run.catch((error: unknown) => error)));
  expect(one).toBeInstanceOf(WrongUsage);
  expect(one).toEqual(other);
});

test('an interruption ends a run in the other thread, with its reason', async () => {
  const second = await startBusy();
  const ending = new AbortController();
  const run = second.play(firstLogin, 'protected', await settingThere(ending.signal));
  const interrupted = new Interrupted('SIGINT', 2);
  ending.abort(interrupted);
  await expect(run).rejects.toBe(interrupted);
});
