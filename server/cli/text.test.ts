import { expect, test } from 'vitest';
import { count, cut, duration, fill, printable, widthOf, wrap } from './text.ts';

test.each([
  ['plain', 'plain'],
  ['Alice’s phone', 'Alice’s phone'],
  ['two\nlines', 'two\\nlines'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['\u009b31m', '\\u009b31m'],
  ['left\u202eright', 'left\\u202eright'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});

test.each([
  ['', 0],
  ['abc', 3],
  ['✓ …', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['你好', 4],
  ['👩‍💻!', 3],
])('%j takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ['fits', 4, 'fits'],
  ['too long', 5, 'too …'],
  ['你好吗', 5, '你好…'],
  ['你好吗', 4, '你…'],
])('%j in %i columns is %j', (text, columns, shown) => {
  expect(cut(text, columns)).toBe(shown);
  expect(widthOf(fill(shown, columns))).toBe(columns);
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
])('%d milliseconds are %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('one is not plural', () => {
  expect([0, 1, 2].map((number) => count(number, 'run'))).toEqual(['0 runs', '1 run', '2 runs']);
});
