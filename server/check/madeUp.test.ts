import { expect, test } from 'vitest';
import { madeUpLike } from './madeUp.ts';

test.each([
  ['hexadecimal', '3f9a0c', /^[0-9a-f]{6}$/],
  [
    'a UUID',
    '0190a6f2-7b1e-4c3d-9e2f-0a1b2c3d4e5f',
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/,
  ],
  ['signed by express-session', 's%3AzQ3.x/1', /^s%3A[a-z][A-Z]\d\.[a-z]\/\d$/i],
])('%s', (_, text, legal) => {
  const all = Array.from({ length: 50 }, () => madeUpLike(text));
  expect(all.filter((one) => !legal.test(one))).toEqual([]);
  expect(new Set(all).size).toBeGreaterThan(5);
});
