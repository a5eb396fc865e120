import { expect, test } from 'vitest';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { linesOf } from './valueLines.ts';

test.each<[string, KeyValue, string[]]>([
  ['a string of JSON', { type: 'string', data: '{"a":1}' }, ['{', '  "a": 1', '}']],
  ['a string', { type: 'string', data: 'plain' }, ['plain']],
  ['a hash', { type: 'hash', data: { a: '1', b: '2' } }, ['a: 1', 'b: 2']],
  ['a set, in an order that stays', { type: 'set', data: ['b', 'a'] }, ['a', 'b']],
  ['a list, in its own order', { type: 'list', data: ['b', 'a'] }, ['b', 'a']],
  ['a sorted set', { type: 'zset', data: [['a', 2]] }, ['2: a']],
])('%s', (_, value, lines) => {
  expect(linesOf(value)).toEqual(lines);
});
