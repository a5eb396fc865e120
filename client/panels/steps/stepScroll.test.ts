import { expect, test } from 'vitest';
import { type OpenStep, topForStep } from './stepScroll.ts';

/** The third step is open: its title ends at 127, its narration starts at 145, and it ends at 400. */
const open: OpenStep = { starts: [40, 70, 100], title: 27, story: 145, end: 400, nextEnd: 600 };

test.each([
  ['nowhere, where all is in sight', 600, 0],
  ['to the start of a step, so that no line is cut: as little as shows the answers to choose from', 535, 70],
  ['to the open step', 500, 100],
  ['past the line below its title, whose place the title takes', 485, 118],
  ['past that line, too, where the next one then ends at the edge', 470, 118],
  ['no farther than to the open step where the next one is cut all the same', 469, 100],
  ['nor past the line below its title for less than all of it', 400, 100],
  ['farther for its own answer', 200, 200],
])('it scrolls %s', (_, height, top) => {
  expect(topForStep(open, height)).toBe(top);
});

test('after the last step, nothing but the step itself counts', () => {
  expect(topForStep({ ...open, nextEnd: null }, 400)).toBe(0);
});
