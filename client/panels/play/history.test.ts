import { expect, test } from 'vitest';
import { gone, noHistory, typed } from './history.ts';

test('the arrow keys go through what was typed, and back to what is being typed', () => {
  let history = typed(typed(noHistory, 'one'), 'two');
  const shown: string[] = [];
  let line = 'thr';
  for (const by of [1, 1, 1, -1, -1, -1] as const) {
    [history, line] = gone(history, by, line);
    shown.push(line);
  }
  expect(shown).toEqual(['two', 'one', 'one', 'two', 'thr', 'thr']);
});

test('a line typed twice stands there once, and a hundred are kept', () => {
  expect(typed(typed(noHistory, 'one'), 'one').lines).toEqual(['one']);
  const many = Array.from({ length: 150 }, (_, index) => `line ${index}`).reduce(typed, noHistory);
  expect([many.lines.length, many.lines.at(-1)]).toEqual([100, 'line 149']);
});

test('without a history the arrow keys change nothing', () => {
  expect(gone(noHistory, 1, 'x')[1]).toBe('x');
});
