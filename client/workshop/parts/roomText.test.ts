import { expect, test } from 'vitest';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { codeText, saidText, shareOf, timerText } from './roomText.ts';

test.each([
  [300_000, '5:00'],
  [299_001, '5:00'],
  [1, '0:01'],
  [0, '0:00'],
  [-400, '0:00'],
  [-15_000, 'over by 0:15'],
  [-75_500, 'over by 1:15'],
])('%i ms of a timer are told as "%s"', (left, text) => {
  expect(timerText(left)).toBe(text);
});

test('what was said is told when it was said for every app', () => {
  const question = { variants: ['vulnerable', 'protected'], choices: [200, 401] } as unknown as RoomQuestion;
  expect(saidText(question, { vulnerable: 0 })).toBeNull();
  expect(saidText(question, { vulnerable: 0, protected: 1 })).toBe('You said “200” and “401”');
});

test('a code is read in two halves, and a bar is a share of all answers', () => {
  expect(codeText('KRT4XW')).toBe('KRT 4XW');
  expect([shareOf(3, [3, 1]), shareOf(0, [0, 0])]).toEqual([75, 0]);
});
