import { expect, test } from 'vitest';
import { roomFor } from './room.ts';

test.each([
  ['a phone', 390, 844, 'below-640 below-900 below-1020 below-1180'],
  ['half of a laptop screen', 899, 800, 'below-900 below-1020 below-1180'],
  ['a tablet', 1024, 768, 'below-1180'],
  ['a laptop', 1280, 800, ''],
  ['a large screen', 1920, 1080, 'large'],
  ['a wide and low screen', 1920, 800, ''],
])('%s', (_, width, height, room) => {
  expect(roomFor(width, height)).toBe(room);
});
