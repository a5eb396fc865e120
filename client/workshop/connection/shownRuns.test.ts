import { beforeEach, expect, test, vi } from 'vitest';
import { createTraceBuilder } from '../../../testing/traceBuilder.ts';
import { isComparison } from '../../player/players.ts';
import { currentSteps } from '../../player/state.ts';
import { createRuns, type Runs } from './shownRuns.ts';

const builder = createTraceBuilder([{ name: 'alice', label: 'Alice', role: 'victim' }], ['One', 'Two']);
for (const path of ['/a', '/b']) builder.step(() => builder.request('alice', 'GET', path));
const { header, events } = builder.trace();
const shown = (...runs: string[]) =>
  ({ scenario: 'x', variant: 'vulnerable', store: 'mock', runs, steps: null, selected: null }) as const;

let runs: Runs;
beforeEach(() => {
  vi.useFakeTimers();
  runs = createRuns(() => 0);
  return () => vi.useRealTimers();
});

const arrive = (run: string) => {
  runs.opened({ run, header });
  for (const event of events) runs.event(run, event);
  vi.advanceTimersByTime(100);
};
const stepsOn = (page: ReturnType<Runs['show']>) => currentSteps(page!.player.store.getState());

test('a run is on the page when its opening has arrived, at the moment that is shown', () => {
  expect(runs.show(shown('a'), false)).toBeNull();
  arrive('a');
  expect(stepsOn(runs.show(shown('a'), false))).toBe(2);
  expect(stepsOn(runs.show({ ...shown('a'), steps: 1 }, false))).toBe(1);
});

test('two runs are side by side', () => {
  arrive('a');
  arrive('b');
  const page = runs.show({ ...shown('a', 'b'), variant: 'both' }, false)!;
  expect([isComparison(page.player), page.sides.length]).toEqual([true, 2]);
});

test('another run replaces what is on the page, unless the page stays', () => {
  arrive('a');
  const first = runs.show(shown('a'), false);
  arrive('b');
  expect(runs.show(shown('b'), true)).toBe(first);
  expect(runs.leading()).not.toBe(first!.player);
  expect(runs.show(shown('b'), false)!.player).toBe(runs.leading());
});

test('a run that is told again after a lost connection goes on', () => {
  arrive('a');
  const page = runs.show(shown('a'), false);
  arrive('a');
  expect(runs.show(shown('a'), false)).toBe(page);
  expect(page!.player.store.getState().events).toEqual(events);
});
