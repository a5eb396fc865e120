import { expect, test } from 'vitest';
import { pieces } from './WithSids.tsx';

test.each([
  ['sid=s%3Aabc.sig', ['abc'], ['sid=s%3A', 'abc', '.sig']],
  ['lab:1:sess:abc EX 20', ['abc', 'lab:1:'], ['lab:1:', 'sess:', 'abc', ' EX 20']],
  ['abcabc', ['abc'], ['abc', 'abc']],
  ['nothing of it', ['abc'], ['nothing of it']],
  ['a+b', ['a+b'], ['a+b']],
  ['', ['abc'], []],
  ['abc', [], ['abc']],
])('%j is cut at %j', (text, words, cut) => {
  expect(pieces(text, words)).toEqual(cut);
  expect(cut.join('')).toBe(text);
});
