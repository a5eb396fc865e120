import { expect, test } from 'vitest';
import { about } from './follow.ts';

test('what is about no session ID is about none, which fades', () => {
  expect(about('a', null, 'b')).toEqual({ 'data-about': 'a b' });
  expect(about(null)).toEqual({ 'data-about': '' });
});
