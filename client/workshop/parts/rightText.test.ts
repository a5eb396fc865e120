import { expect, test } from 'vitest';
import { rightText } from './rightText.ts';

const choices = ['200', '401', 'nobody'];

test('says how many were right, once the app has answered', () => {
  const question = { variants: ['vulnerable' as const], choices, counts: { vulnerable: [3, 1, 0] } };
  expect(rightText(question, {})).toBeNull();
  expect(rightText(question, { vulnerable: '401' })).toBe('1 of 4 right');
  expect(rightText(question, { vulnerable: 'another answer than was expected' })).toBe('0 of 4 right');
  expect(rightText({ ...question, counts: null }, { vulnerable: '401' })).toBeNull();
  expect(rightText({ ...question, counts: { vulnerable: [0, 0, 0] } }, { vulnerable: '401' })).toBe('Nobody answered');
});

test('of both apps, says so for each', () => {
  const counts = { vulnerable: [3, 1, 0], protected: [0, 2, 2] };
  const question = { variants: ['vulnerable' as const, 'protected' as const], choices, counts };
  expect(rightText(question, { vulnerable: '200', protected: 'nobody' })).toBe(
    'Vulnerable: 3 of 4 right, protected: 2 of 4 right',
  );
});
