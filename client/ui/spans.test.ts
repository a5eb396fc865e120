import { expect, test } from 'vitest';
import { clockText, span, took, ttlSeconds } from './spans.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [12 * second, '12 s'],
  [minute, '1 min'],
  [29 * minute + 55 * second, '29 min 55 s'],
  [hour + 2 * minute + 30 * second, '1 h 2 min'],
  [hour + 5 * second, '1 h'],
  [24 * hour, '1 d'],
  [400 * 24 * hour + 3 * hour, '400 d 3 h'],
])('%i ms are %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});

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
  [hour + 61_000, '1:01:01.0'],
])('%i ms of sandbox time are %s in the log', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
