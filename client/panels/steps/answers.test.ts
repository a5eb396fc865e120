import { expect, test } from 'vitest';
import type { AskOutline } from '../../../scenarios/engine/trace.ts';
import { answerText, elsewhere, reveal, verdict } from './answers.ts';

const differs: AskOutline = { question: 'Who is she?', vulnerable: 'alice@shop.example', protected: 'nobody' };
const same: AskOutline = { question: 'Is it there?', vulnerable: true, protected: true };

test.each([
  ['a weakness that shows is expected, and nothing to be glad of', differs, 'vulnerable', true, 'weak'],
  ['a protection that holds', differs, 'protected', true, 'firm'],
  ['an answer that both give', same, 'vulnerable', true, 'same'],
  ['an answer that is not what the variant gives', differs, 'protected', false, 'wrong'],
] as const)('%s', (_, ask, variant, holds, tone) => {
  expect(verdict(ask, variant, holds).tone).toBe(tone);
});

test('an unexpected answer names the expected one', () => {
  expect(verdict(differs, 'protected', false).sentence).toContain('“nobody”');
  expect(verdict(same, 'protected', false).sentence).toContain('“yes”');
});

test.each([
  [true, 'yes'],
  [false, 'no'],
  [401, '401'],
  ['nobody', 'nobody'],
])('%j is said as %s', (answer, text) => {
  expect(answerText(answer)).toBe(text);
});

test('where the other store answers differently, its answer is told', () => {
  const ask: AskOutline = { ...same, onOtherStore: { store: 'real', vulnerable: false, protected: true } };
  expect(elsewhere(ask, 'vulnerable')).toBe('On a real Redis: “no”.');
  expect(elsewhere(ask, 'protected')).toBeNull();
  expect(elsewhere(same, 'vulnerable')).toBeNull();
});

test.each([
  ['right, and the other app differs', differs, 'nobody', true, 'The vulnerable app answers “alice@shop.example”.'],
  [
    'wrong, with the answer of the other app',
    differs,
    'alice@shop.example',
    false,
    'You said “alice@shop.example”, which is what the vulnerable app answers.',
  ],
  [
    'wrong, with what neither app answers',
    differs,
    'mallory@shop.example',
    false,
    'You said “mallory@shop.example”. The vulnerable app answers “alice@shop.example”.',
  ],
  ['right, as both apps answer the same', same, true, true, 'Both apps answer so.'],
  ['wrong, as both apps answer otherwise', same, false, false, 'You said “no”; both apps answer otherwise.'],
] as const)('a prediction is %s', (_, ask, guess, right, why) => {
  expect(reveal(ask, 'protected', { actual: ask.protected, holds: true }, guess)).toEqual({ right, why });
});

test('a prediction of what should not have come out is right, and nothing explains it', () => {
  const answered = { actual: 'alice@shop.example', holds: false };
  expect(reveal(differs, 'protected', answered, 'alice@shop.example')).toEqual({ right: true, why: '' });
  expect(reveal(differs, 'protected', answered, 'nobody')).toEqual({ right: false, why: 'You said “nobody”.' });
});
