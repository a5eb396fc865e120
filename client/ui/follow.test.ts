import { expect, test } from 'vitest';
import { about } from './follow.ts';

test('what is about nothing that can be followed fades', () => {
  expect(about('a', null, 'b')).toEqual({ 'data-about': 'a b' });
  expect(about(null)).toEqual({ 'data-about': '' });
});
