import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { answerTimes, answerTimesLine } from './answerTimes.ts';
import { read } from './read.ts';

test('the answers of a step are compared by actor, as long as the trace says they took', async () => {
  const trace = await playedScenario('user-enumeration-by-timing', 'vulnerable');
  const view = read(upToStep(trace, 2));
  const [accounts, noAccount] = answerTimes(view);
  expect([accounts?.actor.name, noAccount?.actor.name]).toEqual(['known', 'unknown']);
  const recorded = trace.events.flatMap((event) => (event.type === 'response' && event.step === 1 ? [event.ms] : []));
  expect([...accounts!.times, ...noAccount!.times].sort()).toEqual(recorded.sort());
  expect(accounts!.times).toHaveLength(6);
  expect(accounts!.quickest).toBe(Math.min(...accounts!.times));
  // A hash of cost 10 takes 60 ms.
  expect(accounts!.quickest).toBeGreaterThan(noAccount!.quickest);
  expect(answerTimesLine({ ...accounts!, times: [64.2, 61.8] })).toBe(
    'Mallory, trying accounts: answered after 64 and 62 ms.',
  );
});

test('a lesson about anything else compares no durations', async () => {
  expect(answerTimes(read(await playedScenario('session-fixation', 'vulnerable')))).toEqual([]);
});
