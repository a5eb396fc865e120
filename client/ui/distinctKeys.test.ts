import { expect, test } from 'vitest';
import { distinctKeys } from './distinctKeys.ts';

test('items with the same text have different keys, and the others keep theirs', () => {
  expect(distinctKeys(['a', 'b', 'a', 'a', 'c'])).toEqual(['a', 'b', 'a 2', 'a 3', 'c']);
});
