import { expect, test } from 'vitest';
import { addressOf, slugIn } from './address.ts';

test.each([
  ['/', null],
  ['/scenarios/idle-timeout', 'idle-timeout'],
  ['/scenarios/idle-timeout/', 'idle-timeout'],
  ['/scenarios/', null],
  ['/scenarios/a/b', null],
  ['/elsewhere', null],
])('%s shows %s', (path, slug) => {
  expect(slugIn(path)).toBe(slug);
});

test('an address leads back to its slug', () => {
  expect(slugIn(addressOf('session-fixation'))).toBe('session-fixation');
});
