import { expect, test } from 'vitest';
import { lifetimeOf, spread, written } from './keyEdit.ts';

const record = '{"cookie":{"path":"/"},"userId":1}';

test('JSON is spread to be read, and stored as it came', () => {
  expect(spread(record).split('\n')).toHaveLength(6);
  expect(written(spread(record), record)).toEqual({ value: record, problem: null });
  expect(spread('plain text')).toBe('plain text');
});

test('where JSON was, only JSON may follow', () => {
  expect(written('{"a":', record)).toEqual({ value: null, problem: expect.stringMatching(/^This is not JSON: .+\.$/) });
  expect(written('{"a":', 'plain text')).toEqual({ value: '{"a":', problem: null });
});

test('what is too long is told so', () => {
  expect(written('x'.repeat(8001), 'plain').problem).toContain('8000');
});

test.each([
  ['1', 1000],
  [' 90 ', 90_000],
  ['31622400', 31_622_400_000],
  ['31622401', null],
  ['0', null],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['', null],
  ['soon', null],
])('a time to live of %j seconds', (text, ms) => {
  expect(lifetimeOf(text)).toBe(ms);
});
