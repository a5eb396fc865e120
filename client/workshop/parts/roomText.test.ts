import { expect, test } from 'vitest';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';
import { codeText, missingText, readyText, saidText, shareOf, timerText } from './roomText.ts';

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

test.each([
  ['open', {}, null],
  ['open', { vulnerable: 0 }, 'Choose for the protected app, too'],
  ['open', { protected: 1 }, 'Choose for the vulnerable app, too'],
  ['open', { vulnerable: 0, protected: 1 }, null],
  ['revealed', { protected: 1 }, 'Your answer does not count: you did not choose for the vulnerable app'],
] as const)('what is missing of an answer to a question that is %s: %o', (phase, answers, text) => {
  expect(missingText({ variants: ['vulnerable', 'protected'], phase } as unknown as RoomQuestion, answers)).toBe(text);
});

test.each([
  [0, 0, 'Nobody is here.'],
  [0, 1, 'Everybody is ready.'],
  [0, 3, 'All 3 are ready.'],
  [1, 3, '1 of 3 is not ready yet.'],
  [2, 3, '2 of 3 are not ready yet.'],
])('a ready check with %i of %i not ready says "%s"', (notYet, of, text) => {
  expect(readyText({ notYet, of })).toBe(text);
});

test('a code is read in two halves, and a bar is a share of all answers', () => {
  expect(codeText('KRT4XW')).toBe('KRT 4XW');
  expect([shareOf(3, [3, 1]), shareOf(0, [0, 0])]).toEqual([75, 0]);
});
