import { describe, expect, test } from 'vitest';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { KeyCause, KeyValue } from '../../../scenarios/engine/trace.ts';
import {
  changeWord,
  describeCause,
  editableText,
  parseLifetime,
  parseValue,
  ttlSeconds,
  valueLines,
} from './keyText.ts';

const nameOf = (command: number) => (command === 7 ? 'del' : undefined);
const key = (change: KeyView['change'], mark: KeyView['mark'], cause: KeyCause) => ({ change, mark, cause }) as KeyView;

test.each<[string, KeyView, string]>([
  ['a command', key('deleted', 'removed', { by: 'command', command: 7 }), 'deleted by DEL'],
  ['a manual action', key('deleted', 'removed', { by: 'manual' }), 'deleted manually'],
  ['redis-cli', key('deleted', 'removed', { by: 'outside' }), 'deleted from outside the sandbox, or evicted'],
  ['its TTL', key('expired', 'removed', { by: 'time' }), 'expired its TTL ran out'],
  ['an unknown command that refreshed it', key('ttl', 'changed', { by: 'command', command: 99 }), 'TTL by a command'],
  ['an earlier command', key('set', null, { by: 'command', command: 7 }), ' last changed by DEL'],
])('a key changed by %s says so', (_, shown, text) => {
  expect(`${changeWord(shown)} ${describeCause(shown, nameOf)}`).toBe(text);
});

test.each<[string, KeyValue, string[]]>([
  ['a string of JSON', { type: 'string', data: '{"a":1}' }, ['{', '  "a": 1', '}']],
  ['another string', { type: 'string', data: 'plain' }, ['plain']],
  ['a hash', { type: 'hash', data: { a: '1', b: '2' } }, ['a: 1', 'b: 2']],
  ['a set, sorted', { type: 'set', data: ['b', 'a'] }, ['a', 'b']],
  ['a list, in its own order', { type: 'list', data: ['b', 'a'] }, ['b', 'a']],
  ['a sorted set', { type: 'zset', data: [['a', 2]] }, ['2: a']],
])('the lines of %s', (_, value, lines) => {
  expect(valueLines(value)).toEqual(lines);
});

test.each([
  [1_800_000, 1800],
  [1_499, 1],
  [1_500, 2],
  [-30, 0],
])('with %i ms left, redis-cli answers TTL with %i', (ms, seconds) => {
  expect(ttlSeconds(ms)).toBe(seconds);
});

test.each([
  ['1', 1000],
  [' 90 ', 90_000],
  ['31622400', 31_622_400_000],
  ['31622401', null],
  ['0', null],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['', null],
  ['soon', null],
])('%j typed as seconds is a lifetime of %j ms', (text, ms) => {
  expect(parseLifetime(text)).toBe(ms);
});

describe('an edited value', () => {
  const record = '{"cookie":{"path":"/"},"userId":1}';

  test('that is JSON is indented to be edited, and stored as it was', () => {
    expect(editableText(record).split('\n')).toHaveLength(6);
    expect(parseValue(editableText(record), record)).toEqual({ value: record, problem: null });
    expect(editableText('plain text')).toBe('plain text');
  });

  test('must be JSON where JSON was stored', () => {
    const problem = expect.stringMatching(/^This is not JSON: .+\.$/);
    expect(parseValue('{"a":', record)).toEqual({ value: null, problem });
    expect(parseValue('{"a":', 'plain text')).toEqual({ value: '{"a":', problem: null });
  });

  test('has a maximum length', () => {
    expect(parseValue('x'.repeat(8001), 'plain').problem).toContain('8000');
  });
});
