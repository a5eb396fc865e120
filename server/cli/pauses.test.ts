import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchPauses } from './pauses.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the longest time without a look is a pause, also when the machine slept', () => {
  const at = { monotonic: 0, wall: 0 };
  const pauses = watchPauses({ monotonic: () => at.monotonic, wall: () => at.wall });
  const run = (ms: number) => {
    at.monotonic += ms;
    at.wall += ms;
    vi.advanceTimersByTime(200);
  };
  for (let looks = 0; looks < 50; looks++) run(200);
  expect(pauses.longestPause()).toBeLessThan(1);
  run(6000);
  expect(pauses.longestPause()).toBe(5800);
  at.wall += 60_000;
  expect(pauses.longestPause()).toBeGreaterThan(59_000);
  pauses.stop();
});
