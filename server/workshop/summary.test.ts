import { expect, test } from 'vitest';
import type { Question } from './state.ts';
import { summaryCsv } from './summary.ts';

test('counts each choice of each variant, and keeps a spreadsheet from calculating with a question', () => {
  const answers = new Map([
    ['ada', { vulnerable: 1, protected: 0 }],
    ['bob', { vulnerable: 1, protected: 1 }],
    ['half of an answer', { vulnerable: 0 }],
  ]);
  const question: Question = {
    ...{ id: 0, scenario: 'idle-timeout', step: 2, question: '=1+1, "or"?', choices: ['no', 'yes'], phase: 'closed' },
    cancelled: false,
    ...{ variants: ['vulnerable', 'protected'], expected: { vulnerable: 1, protected: 0 }, answers },
  };
  expect(summaryCsv([question])).toBe(
    [
      'scenario,step,question,variant,answer,expected,count',
      `idle-timeout,3,"'=1+1, ""or""?",vulnerable,no,no,0`,
      `idle-timeout,3,"'=1+1, ""or""?",vulnerable,yes,yes,2`,
      `idle-timeout,3,"'=1+1, ""or""?",protected,no,yes,1`,
      `idle-timeout,3,"'=1+1, ""or""?",protected,yes,no,1`,
      '',
    ].join('\r\n'),
  );
});

test('of a workshop without questions has its headings', () => {
  expect(summaryCsv([])).toBe('scenario,step,question,variant,answer,expected,count\r\n');
});
