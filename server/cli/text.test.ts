import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fill, quoted, wrap } from './text.ts';
import { count, didYouMean, duration } from './words.ts';

test.each(['', 'abc', '✓ …', 'e\u0301', '你好', '👩‍💻!'])('%j is filled up to 5 columns', (text) => {
  expect(fill(text, 5).trimEnd()).toBe(text);
  expect(stringWidth(fill(text, 5))).toBe(5);
});

test.each([
  ['', 5, ['']],
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 80, ['one two three']],
  ['abcdefgh i', 3, ['abc', 'def', 'gh', 'i']],
  ['a bcdefg', 3, ['a', 'bcd', 'efg']],
  ['你好吗', 4, ['你好', '吗']],
])('%j wraps at %i columns', (text, columns, lines) => {
  expect(wrap(text, columns)).toEqual(lines);
});

test.each([
  [0.4, '0 ms'],
  [54.4, '54 ms'],
  [999, '999 ms'],
  [1234, '1.2 s'],
  [61_000, '61.0 s'],
])('%d milliseconds are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('only one is singular', () => {
  expect([0, 1, 2].map((number) => count(number, 'run'))).toEqual(['0 runs', '1 run', '2 runs']);
});

test.each([
  ['pretyt', ' Did you mean pretty?'],
  ['PRETTY', ' Did you mean pretty?'],
  ['jso', ' Did you mean json?'],
  ['xml', ''],
  ['', ''],
])('%j is answered with %j', (typed, sentence) => {
  expect(didYouMean(typed, ['pretty', 'json'])).toBe(sentence);
});

test('of a very long text the beginning is quoted, and how long it is', () => {
  expect(quoted('x'.repeat(1000))).toBe('x'.repeat(1000));
  expect(quoted('x'.repeat(50_000))).toBe(`${'x'.repeat(1000)}… (50,000 characters)`);
});
