import { expect, test } from 'vitest';
import firstLogin from '../../scenarios/first-login.ts';
import timing from '../../scenarios/user-enumeration-by-timing.ts';
import { planOf } from '../../testing/commandLine.ts';
import { acting, endBothThreads, settingHere, settingThere, startBusy } from '../../testing/twoThreads.ts';
import { runHolds } from './reporter.ts';
import { isWorthIt } from './secondThread.ts';

endBothThreads();

// An interruption, and the same report: secondThread.full.test.ts.

test('a scenario of the catalogue is played in the thread that plays fewer, and comes back as it was played', async () => {
  const second = await startBusy();
  const there = await second.play(firstLogin, 'vulnerable', await settingThere());
  const [, here] = await Promise.all([
    second.play(firstLogin, 'protected', await settingThere()),
    second.play(firstLogin, 'vulnerable', await settingHere()),
  ]);
  expect(runHolds(there)).toBe(true);
  expect(there.trace.header.scenario.slug).toBe('first-login');
  expect(there.trace.events.map(({ type }) => type)).toEqual(here.trace.events.map(({ type }) => type));
});

test('a file of the user, whatever its slug, and a lesson that measures hashes stay in this thread', async () => {
  const second = await startBusy();
  for (const scenario of [{ ...acting(() => {}), slug: 'first-login' }, timing]) {
    await expect(second.play(scenario, 'protected', await settingThere())).rejects.toThrow(/null/);
  }
});

test.each([
  ['many runs', {}, 2, true],
  ['one processor', {}, 1, false],
  ['few runs', { repeat: 19 }, 2, false],
  ['one run at a time', { workers: 1 }, 2, false],
  ['real time', { pace: 'real' as const }, 2, false],
  ['a real Redis', { store: 'real' as const }, 2, false],
  ['real browsers', { browser: 'Chromium 156' }, 2, false],
])('%s', (_, more, processors, expected) => {
  expect(isWorthIt(planOf([firstLogin], { repeat: 20, ...more }), processors)).toBe(expected);
});
