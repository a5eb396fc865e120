import { expect, test } from 'vitest';
import { clockText, durationText } from './timeText.ts';

test.each([
  [0.083, '0.08 ms'],
  [4.31, '4.3 ms'],
  [61.2, '61 ms'],
  [6_040, '6.0 s'],
])('a duration of %d ms is shown as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [0, '0:00:00.0'],
  [7_350, '0:00:07.3'],
  [3_600_000 + 61_000, '1:01:01.0'],
])('a sandbox time of %i ms is shown as %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
