import { expect, test } from 'vitest';
import type { AskOutline } from '../../../scenarios/engine/trace.ts';
import { meaningOf, otherStoreAnswer, reveal, verdict } from './answers.ts';

const differs: AskOutline = { question: 'Who is she?', vulnerable: 'alice@shop.example', protected: 'nobody' };
const accepted: AskOutline = { question: 'What does the shop answer?', vulnerable: 200, protected: 403 };
const refused: AskOutline = { question: 'What does the shop answer?', vulnerable: 401, protected: 403 };
const counted: AskOutline = { question: 'How many forgeries are in the audit log?', vulnerable: 2, protected: 3 };
const stranger: AskOutline = { question: 'Who is she?', vulnerable: 'nobody', protected: 'alice@shop.example' };
const same: AskOutline = { question: 'Is it there?', vulnerable: true, protected: true };

test.each([
  ['a weakness that shows', differs, 'vulnerable', true, 'weak'],
  ['a protection that holds', differs, 'protected', true, 'firm'],
  ['an answer that both apps give', same, 'vulnerable', true, 'same'],
  ['a weakness that shows in a status code', accepted, 'vulnerable', true, 'weak'],
  ['a protection that holds with a status code', accepted, 'protected', true, 'firm'],
  ['a refusal with another status code', refused, 'vulnerable', true, 'differs'],
  ['a refusal with another status code', refused, 'protected', true, 'differs'],
  ['another count', counted, 'vulnerable', true, 'differs'],
  ['a stranger whom only the protected app lets in', stranger, 'protected', true, 'differs'],
  ['a count that shows the weakness', { ...counted, neutral: false }, 'vulnerable', true, 'weak'],
  ['a difference that is no weakness', { ...accepted, neutral: true }, 'vulnerable', true, 'differs'],
  ['an unexpected answer', differs, 'protected', false, 'wrong'],
] as const)('the tone of %s', (_, ask, variant, holds, tone) => {
  expect(verdict(ask, variant, holds).tone).toBe(tone);
});

test('a number that differs is told with that of the other app, not as a weakness', () => {
  expect(verdict(counted, 'vulnerable', true).sentence).toBe('The protected app answers “3”.');
  expect(verdict(refused, 'protected', true).sentence).toBe('The vulnerable app answers “401”.');
});

test('an unexpected answer is explained with the expected one', () => {
  expect(verdict(differs, 'protected', false).sentence).toContain('“nobody”');
  expect(verdict(same, 'protected', false).sentence).toContain('“yes”');
});

test('returns the answer on the other store only when it differs', () => {
  const ask: AskOutline = { ...same, onOtherStore: { store: 'real', vulnerable: false, protected: true } };
  expect(otherStoreAnswer(ask, 'vulnerable')).toBe('On a real Redis: “no”.');
  expect(otherStoreAnswer(ask, 'protected')).toBeNull();
  expect(otherStoreAnswer(same, 'vulnerable')).toBeNull();
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
    'wrong, with an answer that neither app gives',
    differs,
    'mallory@shop.example',
    false,
    'You said “mallory@shop.example”. The vulnerable app answers “alice@shop.example”.',
  ],
  ['right, and the verdict says that the answer is the same in both variants', same, true, true, ''],
  ['wrong, and the verdict says that both apps give another answer', same, false, false, 'You said “no”.'],
  ['wrong, and the verdict says what the other app answers', counted, 2, false, 'You said “2”.'],
] as const)('a prediction is %s', (_, ask, guess, right, why) => {
  expect(reveal(ask, 'protected', { actual: ask.protected, holds: true }, guess)).toEqual({ right, why });
});

test('when the answer is unexpected, a prediction is right or wrong without an explanation', () => {
  const answered = { actual: 'alice@shop.example', holds: false };
  expect(reveal(differs, 'protected', answered, 'alice@shop.example')).toEqual({ right: true, why: '' });
  expect(reveal(differs, 'protected', answered, 'nobody')).toEqual({ right: false, why: 'You said “nobody”.' });
});

test('an answer that both apps give is told from the app that is shown', () => {
  const ask = { question: '', vulnerable: 401, protected: 401 };
  expect(verdict(ask, 'vulnerable', true).sentence).toBe('Same in the protected app.');
  expect(verdict(ask, 'protected', true).sentence).toBe('Same in the vulnerable app.');
});

test('a number is a status code only where nobody asks how many', () => {
  expect(meaningOf(400, 'What does the shop answer?')).toBe('Bad Request');
  expect(meaningOf(400, 'For how many days does the browser keep the cookie?')).toBeNull();
});
