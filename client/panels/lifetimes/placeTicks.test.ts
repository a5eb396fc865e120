import { expect, test } from 'vitest';
import { placeTicks } from './placeTicks.ts';

test('numbers with enough room stay where their steps start', () => {
  expect(placeTicks([11, 60, 200], 300)).toEqual([11, 60, 200]);
});

test('numbers that would overlap are moved apart, the later ones to the right', () => {
  expect(placeTicks([11, 15, 18, 200], 300)).toEqual([11, 31, 51, 200]);
});

test('numbers at the right edge make room to the left', () => {
  expect(placeTicks([11, 280, 290, 295], 300)).toEqual([11, 250, 270, 290]);
});

test('too many numbers share the room evenly', () => {
  const places = placeTicks(Array(30).fill(50), 300);
  expect(places.every((place, index) => index === 0 || place - places[index - 1]! >= 10 - 1e-9)).toBe(true);
  expect(places[0]).toBeGreaterThanOrEqual(0);
  expect(places.at(-1)).toBeLessThanOrEqual(300);
});
