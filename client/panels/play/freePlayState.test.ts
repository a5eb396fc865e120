import { expect, test } from 'vitest';
import { noHistory, recall, remember } from './freePlayState.ts';

test('the arrow keys go back through the commands, and forward to what is being typed', () => {
  let history = remember(remember(noHistory, 'one'), 'two');
  const shown: string[] = [];
  let input = 'thr';
  for (const by of [1, 1, 1, -1, -1, -1] as const) {
    [history, input] = recall(history, by, input);
    shown.push(input);
  }
  expect(shown).toEqual(['two', 'one', 'one', 'two', 'thr', 'thr']);
});

test('keeps a repeated command once, and at most a hundred commands', () => {
  expect(remember(remember(noHistory, 'one'), 'one').commands).toEqual(['one']);
  const many = Array.from({ length: 150 }, (_, index) => `line ${index}`).reduce(remember, noHistory);
  expect([many.commands.length, many.commands.at(-1)]).toEqual([100, 'line 149']);
});

test('without a history the arrow keys change nothing', () => {
  expect(recall(noHistory, 1, 'x')[1]).toBe('x');
});
