import { expect, test } from 'vitest';
import { topToKeep, topWithin } from './panel.ts';

test.each([
  ['to the start, where all of it fits', 100, 500, 600, 100],
  ['to the end, where it does not', 100, 900, 600, 300],
  ['nowhere, where nothing has to move', -20, 300, 600, 0],
])('a panel scrolls %s', (_, start, end, height, top) => {
  expect(topToKeep(start, end, height)).toBe(top);
});

test.each([
  ['nowhere, to what is in sight', { offsetTop: 140, offsetHeight: 40 }, 100, 100],
  ['up, to what is above, below the title that covers the panel', { offsetTop: 120, offsetHeight: 40 }, 300, 84],
  ['down, until the end of what is below is seen, with a margin', { offsetTop: 560, offsetHeight: 40 }, 0, 212],
  ['to the start of what is taller than the panel', { offsetTop: 500, offsetHeight: 900 }, 0, 464],
  ['not above its top', { offsetTop: 10, offsetHeight: 40 }, 50, 0],
])('a panel is scrolled just enough: %s', (_, element, from, top) => {
  expect(topWithin({ clientHeight: 400 } as HTMLElement, element as HTMLElement, 36, from)).toBe(top);
});
