import { expect, test } from 'vitest';
import { joinHeaders } from './manualRequest.ts';

test('several headers of one name are joined', () => {
  expect(
    joinHeaders([
      ['X-A', '1'],
      ['x-a', '2'],
      ['B', '3'],
    ]),
  ).toEqual({ 'x-a': '1, 2', B: '3' });
});
