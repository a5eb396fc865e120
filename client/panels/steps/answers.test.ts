import { expect, test } from 'vitest';
import type { AskOutline } from '../../../scenarios/engine/trace.ts';
import { answerText, elsewhere, verdict } from './answers.ts';

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
