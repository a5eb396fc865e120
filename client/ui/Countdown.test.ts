import { expect, test } from 'vitest';
import { fractionLeft } from './Countdown.tsx';

test.each([
  [0, 100, 25, 0.75],
  [0, 100, 130, 0],
  [50, 100, 0, 1],
  [100, 100, 100, 0],
  [0, 100_000, 33_333, 0.6675],
])('of a lifetime from %i to %i, a fraction is left at %i: %d', (from, to, now, left) => {
  expect(fractionLeft(from, to, now)).toBe(left);
});
