import { expect, test } from 'vitest';
import { numberedTicks, placeTicks } from './placeTicks.ts';

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

test('every step has a number while there is room for it', () => {
  expect(numberedTicks(10, 3, 200)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('without room for all, some steps have none, but the current one has', () => {
  expect(numberedTicks(20, 7, 200)).toEqual([0, 3, 6, 7, 9, 12, 15, 18]);
  for (const current of [null, 0, 29]) {
    const places = placeTicks(
      numberedTicks(30, current, 200).map((index) => index * 7),
      200,
    );
    expect(places.every((place, index) => index === 0 || place - places[index - 1]! >= 20)).toBe(true);
  }
});
