import { expect, test } from 'vitest';
import { splitLine } from './console.ts';

test.each<[string, string[] | null]>([
  ['', []],
  ['   ', []],
  ['GET sess:a', ['GET', 'sess:a']],
  ['  get\tsess:a  ', ['get', 'sess:a']],
  ['SET k "a b"', ['SET', 'k', 'a b']],
  ["SET k 'a b'", ['SET', 'k', 'a b']],
  ['SET k ""', ['SET', 'k', '']],
  ["SET k ''", ['SET', 'k', '']],
  [String.raw`SET k "a\nb\t\x41\"\\"`, ['SET', 'k', 'a\nb\tA"\\']],
  [String.raw`SET k 'a\nb\'c'`, ['SET', 'k', String.raw`a\nb'c`]],
  [String.raw`SET k "\q\xzz"`, ['SET', 'k', 'qxzz']],
  ['SET k a"b"', ['SET', 'k', 'ab']],
  ['SET k "a', null],
  ["SET k 'a", null],
  ['SET k "a"b', null],
  ['SET k "a""b"', null],
  [String.raw`SET k "a\"`, null],
])('%j is split as in redis-cli', (line, words) => {
  expect(splitLine(line)).toEqual(words);
});

test('a long line of quotes is split quickly', () => {
  const started = performance.now();
  splitLine(`"${'\\"'.repeat(4000)}`);
  splitLine("'".repeat(8000));
  expect(performance.now() - started).toBeLessThan(500);
});

test('a byte that is no text is refused, not sent as another one', () => {
  expect(() => splitLine(String.raw`SET k "a\xFF"`)).toThrow('This console sends text, and \\xFF is a byte');
});
