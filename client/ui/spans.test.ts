import { expect, test } from 'vitest';
import { clockText, took, ttlSeconds } from './spans.ts';

test.each([
  [1_800_000, 1800],
  [1_499, 1],
  [1_500, 2],
  [-30, 0],
])('with %i ms left, redis-cli answers TTL with %i', (ms, seconds) => {
  expect(ttlSeconds(ms)).toBe(seconds);
});

test.each([
  [0.083, '0.08 ms'],
  [4.31, '4.3 ms'],
  [61.2, '61 ms'],
  [6_040, '6.0 s'],
])('%d ms took %s', (ms, text) => {
  expect(took(ms)).toBe(text);
});

test.each([
  [0, '0:00:00.0'],
  [7_350, '0:00:07.3'],
  [3_600_000 + 61_000, '1:01:01.0'],
])('%i ms of sandbox time are %s in the log', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
