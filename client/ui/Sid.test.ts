import { expect, test } from 'vitest';
import { shortSid, splitAt } from './Sid.tsx';

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

test.each([
  ['1qnyioK3xZ', undefined, '1qnyio…'],
  ['1qnyioK3xZ', 4, '1qn…'],
  ['1qnyioK3xZ', 2, '1…'],
  ['1qnyioK3xZ', 1, ''],
  ['1qnyioK3xZ', 40, '1qnyio…'],
  ['user-1042', undefined, 'user-1042'],
  ['user-1042', 8, 'user-1…'],
  ['1042', 4, '1042'],
])('the ID %s, with room for %s characters, is "%s"', (sid, most, text) => {
  expect(shortSid(sid, most)).toBe(text);
});
