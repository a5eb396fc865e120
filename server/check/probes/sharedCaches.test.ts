import { expect, test } from 'vitest';
import { sharing } from './sharedCaches.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['', 'unsaid'],
  ['must-revalidate', 'unsaid'],
  ['public', 'may'],
  ['max-age=60', 'may'],
  ['private, max-age=60', 'must not'],
  ['private="Set-Cookie", max-age=60', 'must not'],
  ['s-maxage=0, max-age=60', 'must not'],
  ['Public, Max-Age=0', 'must not'],
  ['no-cache', 'must not'],
  ['NO-STORE', 'must not'],
])('Cache-Control: %s', (header, expected) => {
  expect(sharing({ 'cache-control': header }, now)).toBe(expected);
});

test.each([
  [{ expires: 'Fri, 02 Jan 2026 00:00:00 GMT' }, 'may'],
  [{ expires: '0' }, 'must not'],
  [{ 'cache-control': 'max-age=60', vary: 'Accept-Encoding, Cookie' }, 'must not'],
  [{ 'cache-control': 'max-age=60', vary: 'Accept-Encoding' }, 'may'],
])('%j', (headers, expected) => {
  expect(sharing(headers as Record<string, string>, now)).toBe(expected);
});
