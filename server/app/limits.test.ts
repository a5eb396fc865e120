import { expect, test } from 'vitest';
import { readLimits } from './limits.ts';

const good = { SESSION_IDLE_MS: '1800000', SESSION_ABSOLUTE_MS: '28800000' };

test('text becomes numbers', () => {
  expect(readLimits(good)).toEqual({ idle: 1_800_000, absolute: 28_800_000 });
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['a unit', '30m'],
  ['a fraction', '1800000.5'],
  ['zero', '0'],
  ['less than nothing', '-1'],
  ['another notation', '0x10'],
  ['no end', 'Infinity'],
])('%s is refused by the name of the setting', (_, SESSION_IDLE_MS) => {
  expect(() => readLimits({ ...good, SESSION_IDLE_MS })).toThrow(/It must be .*\n.*SESSION_IDLE_MS/);
});
