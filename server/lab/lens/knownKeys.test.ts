import { expect, test } from 'vitest';
import { createClock } from '../time/clock.ts';
import { createKnownKeys, type KeyChange } from './knownKeys.ts';

const outside = { by: 'outside' } as const;
const reading = (expiresAt: number, within: number) => ({
  ...{ value: { type: 'string', data: 'x' } as const, expiresAt, within, agedBy: 0 },
});

function known() {
  const changes: KeyChange[] = [];
  const keys = createKnownKeys('ns:', createClock(), (change) => changes.push(change));
  keys.update('a', reading(60_000, 1), outside);
  return { keys, changes };
}

test.each([
  ['just before', 60_200, 1],
  ['by as much as a slow answer may be wrong', 60_900, 800],
  ['by as much as a slow answer may be wrong, earlier', 59_100, 800],
])('a key whose end is read %s was not moved by anybody', (_, expiresAt, within) => {
  const { keys, changes } = known();
  keys.update('a', reading(expiresAt, within), outside);
  expect(changes.map(({ change }) => change)).toEqual(['set']);
});

test('a key whose end is read further away than the answers may be wrong was moved', () => {
  const { keys, changes } = known();
  keys.update('a', reading(61_200, 800), outside);
  expect(changes).toEqual([
    expect.objectContaining({ change: 'set' }),
    { key: 'ns:a', change: 'ttl', value: { type: 'string', data: 'x' }, expiresAt: 61_200, cause: outside },
  ]);
});
