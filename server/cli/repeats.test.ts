import { expect, test } from 'vitest';
import fixation from '../../scenarios/session-fixation.ts';
import { record } from '../../testing/commandLine.ts';
import { wrongFixation } from '../../testing/reported.ts';
import { collectRepeats } from './repeats.ts';
import { flakiness, type Run, runHolds } from './reporter.ts';

const [holds] = await record(fixation, ['protected']);
const [fails] = await record(wrongFixation, ['protected']);
const other = withAnswer(holds!, 'somebody');

function withAnswer(run: Run, actual: string): Run {
  const events = run.trace.events.map((event) =>
    event.type === 'ask' && event.step === 3 ? { ...event, actual, holds: false } : event,
  );
  return { ...run, trace: { ...run.trace, events } };
}

function repeated(...runs: Run[]): Run {
  const collected = collectRepeats();
  for (const run of runs) collected.add(run);
  return collected.run();
}

test('one run is itself', () => expect(repeated(holds!)).toBe(holds));

test('runs with the same answers hold, however long they took', () => {
  const run = repeated(holds!, { ...holds!, ms: 99_999 }, holds!);
  expect(run.repeated).toEqual({ times: 3, differ: 0, fail: 0 });
  expect(runHolds(run)).toBe(true);
  expect(flakiness(run)).toBeNull();
});

test('of runs that differ, those that differ from most are counted, and one of them is shown', () => {
  const run = repeated(...Array.from({ length: 18 }, () => holds!), other, other);
  expect(run.repeated).toEqual({ times: 20, differ: 2, fail: 2 });
  expect(run.trace).toBe(other.trace);
  expect(runHolds(run)).toBe(false);
  expect(flakiness(run)).toBe('2 of 20 runs differ.');
});

test('runs that all fail alike do not differ', () => {
  const run = repeated(fails!, fails!);
  expect(run.repeated).toEqual({ times: 2, differ: 0, fail: 2 });
  expect(flakiness(run)).toBe('2 of 2 do not hold.');
});

test('where most fail, one that fails is shown', () => {
  const run = repeated(holds!, other, other);
  expect(run.repeated).toEqual({ times: 3, differ: 1, fail: 2 });
  expect(run.trace).toBe(other.trace);
  expect(flakiness(run)).toBe('1 of 3 runs differs, 2 of 3 do not hold.');
});
