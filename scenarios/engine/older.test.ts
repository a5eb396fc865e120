import { expect, test } from 'vitest';
import { olderRecord, olderValue } from './older.ts';

const record = '{"cookie":{"originalMaxAge":1800000,"expires":"2026-11-29T12:30:00.000Z","path":"/"},"userId":1}';

test('the expiry of a record becomes earlier, and nothing else changes', () => {
  expect(olderRecord(record, 60_000)).toBe(record.replace('12:30:00', '12:29:00'));
});

test.each([
  'basket',
  '',
  'null',
  '17',
  '[{"cookie":{"expires":"2026-11-29T12:30:00.000Z"}}]',
  '{"expires":"2026-11-29T12:30:00.000Z"}',
  '{"cookie":null,"expires":1}',
  '{"cookie":{"expires":null}}',
  '{"cookie":{"expires":"soon"}}',
  '{"cookie":{"expires":1795958290000}}',
  '{"cookie":{"expires":"2026-11-29T12:30:00.000Z"}',
])('%s is no record with an expiry, and stays', (text) => {
  expect(olderRecord(text, 60_000)).toBe(text);
});

test('a jump out of the range of dates changes no record', () => {
  expect(olderRecord(record, 1e16)).toBe(record);
});

test('of the values in Redis, only a string is a record', () => {
  expect(olderValue({ type: 'string', data: record }, 60_000)).not.toEqual({ type: 'string', data: record });
  expect(olderValue({ type: 'list', data: [record] }, 60_000)).toEqual({ type: 'list', data: [record] });
});
