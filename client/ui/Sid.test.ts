import { expect, test } from 'vitest';
import { splitAt } from './Sid.tsx';

test.each([
  ['sid=s%3Aabc.sig', ['abc'], ['sid=s%3A', 'abc', '.sig']],
  ['lab:1:sess:abc EX 20', ['abc', 'lab:1:'], ['lab:1:', 'sess:', 'abc', ' EX 20']],
  ['abcabc', ['abc'], ['abc', 'abc']],
  ['no match', ['abc'], ['no match']],
  ['a+b', ['a+b'], ['a+b']],
  ['', ['abc'], []],
  ['abc', [], ['abc']],
])('%j split at %j is %j', (text, words, pieces) => {
  expect(splitAt(text, words)).toEqual(pieces);
  expect(pieces.join('')).toBe(text);
});

test.each([
  ['cookies: sid, __Host-sid', ['sid', '__Host-sid'], ['cookies: ', 'sid', ', ', '__Host-sid']],
  ['GET throttle:a:b', ['throttle:a', 'throttle:a:b'], ['GET ', 'throttle:a:b']],
  ['inside sid', ['sid'], ['inside ', 'sid']],
])('%j has the whole words %j', (text, words, pieces) => {
  expect(splitAt(text, [], words)).toEqual(pieces);
});
