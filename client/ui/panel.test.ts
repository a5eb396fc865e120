import { expect, test } from 'vitest';
import { topToKeep } from './panel.ts';

test.each([
  ['to the start, where all of it fits', 100, 500, 600, 100],
  ['to the end, where it does not', 100, 900, 600, 300],
  ['nowhere, where nothing has to move', -20, 300, 600, 0],
])('a panel scrolls %s', (_, start, end, height, top) => {
  expect(topToKeep(start, end, height)).toBe(top);
});
