import { expect, test } from 'vitest';
import { answerSentence, says } from './answerSentence.ts';

test.each([
  ['yes', 'Yes.'],
  ['no, much later', 'No, much later.'],
  ['nobody’s', 'Nobody’s.'],
  ['less than 50 kB', 'Less than 50 kB.'],
  ['401', '401.'],
  ['1 record, and she holds its cookie', '1 record, and she holds its cookie.'],
  ['alice@shop.example', 'alice@shop.example.'],
  ['shop.example alone', 'shop.example alone.'],
  ['no-store', '“no-store”.'],
  ['public, max-age=300', '“public, max-age=300”.'],
  ['basketId', '“basketId”.'],
])('“%s” becomes %s', (answer, sentence) => expect(answerSentence(answer)).toBe(sentence));

test.each([
  ['The shop checked all of Mallory’s 20 passwords: each got 401.', '20', true],
  ['The shop checked all of Mallory’s 20 passwords: each got 401.', '2', false],
  ['Alice’s request for the front page got no answer.', 'no answer', true],
  ['Alice is nobody now.', 'no', false],
  ['Alice’s cookie means Alice.', 'alice@shop.example', true],
  ['Bob’s cookie means Bob.', 'alice@shop.example', false],
  ['It costs (a+b) now.', '(a+b)', true],
])('%s has “%s” in it: %s', (text, answer, has) => expect(says(text, answer)).toBe(has));
