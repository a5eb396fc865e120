import { expect, test } from 'vitest';
import { expiryTime, LIFETIME_LIMIT } from './lifetimeLimit.ts';
import { parseSetCookie } from './parseSetCookie.ts';

const NOW = Date.UTC(2030, 0, 1);

const ROWS: [attributes: string, expected: number | null][] = [
  ['', null],
  ['Max-Age=60', NOW + 60_000],
  ['Expires=Tue, 01 Jan 2030 01:00:00 GMT', NOW + 3_600_000],
  ['Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', NOW + 60_000],
  ['Expires=Tue, 01 Jan 2030 01:00:00 GMT; Max-Age=0', 0],
  ['Max-Age=-1', 0],
  ['Max-Age=soon', null],
  ['Max-Age=34560000', NOW + LIFETIME_LIMIT],
  ['Max-Age=34560001', NOW + LIFETIME_LIMIT],
  [`Max-Age=${'9'.repeat(400)}`, NOW + LIFETIME_LIMIT],
  ['Expires=Fri, 31 Dec 9999 23:59:59 GMT', NOW + LIFETIME_LIMIT],
  ['Expires=Thu, 01 Jan 1970 00:00:00 GMT', 0],
];

test.each(ROWS.map((row) => [row[0].slice(0, 60), row] as const))('%s', (_title, [attributes, expected]) => {
  expect(expiryTime(parseSetCookie(`sid=1; ${attributes}`), NOW)).toBe(expected);
});

test('400 days are 34,560,000 seconds', () => {
  expect(LIFETIME_LIMIT).toBe(34_560_000_000);
});
