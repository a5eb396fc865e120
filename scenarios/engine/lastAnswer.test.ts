import { expect, test } from 'vitest';
import { quotedError } from './lastAnswer.ts';

test.each([
  [
    403,
    '{"error":"This request does not come from our own pages."}',
    ', “This request does not come from our own pages.”',
  ],
  [401, '{"error":"Log in first."}', ''],
  [403, `{"error":"${'x'.repeat(61)}"}`, ''],
  [403, '{"error":"\\u001b[31mred\\u202e"}', ''],
  [403, '{"error":7}', ''],
  [500, 'Internal Server Error', ''],
])('of %i %s, the sentence quotes "%s"', (status, body, quotation) => {
  expect(quotedError({ status, body })).toBe(quotation);
});

test('nothing is quoted where nobody answered', () => {
  expect(quotedError(null)).toBe('');
});
