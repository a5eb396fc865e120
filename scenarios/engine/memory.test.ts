import { expect, test } from 'vitest';
import { stepStarted, traceOf } from '../../testing/trace.ts';
import { processLabel } from './memory.ts';
import { read } from './read.ts';
import type { MemoryUsed } from './trace.ts';

type Op = MemoryUsed['op'];

const record = '{"userId":1}';
const use = (op: Op, value: string | null, process = 'app') =>
  ({ type: 'memory', request: null, process, op, sid: 'abc', value, expiresAt: null }) as const;

test.each<[string, Parameters<typeof traceOf>, string[]]>([
  ['stored', [use('set', record)], ['app live added']],
  ['stored and renewed later', [use('set', record), stepStarted(1), use('touch', record)], ['app live changed']],
  ['found', [use('set', record), stepStarted(1), use('get', record)], ['app live null']],
  [
    'looked for in another process',
    [use('set', record), use('get', null, 'app 2')],
    ['app live added', 'app 2 none null'],
  ],
  ['deleted', [use('set', record), use('destroy', null)], ['app deleted removed']],
  ['deleted before', [use('set', record), use('destroy', null), stepStarted(1)], ['app none null']],
  ['found expired', [use('set', record), use('get', null)], ['app expired removed']],
  ['expired when it was lost', [{ ...use('set', record), expiresAt: 1 }, use('lost', null)], ['app expired removed']],
  ['lost', [use('set', record), use('lost', null)], ['app lost removed']],
  [
    'lost before, and looked for',
    [use('set', record), use('lost', null), stepStarted(1), use('get', null)],
    ['app lost null'],
  ],
])('a record in memory that was %s', (_, events, expected) => {
  const { memory } = read(traceOf(stepStarted(0), ...events));
  expect(memory.map(({ process, state, mark }) => `${process} ${state} ${mark}`)).toEqual(expected);
});

test('a process is named by its number, if there are several', () => {
  expect(processLabel({ processes: ['app', 'app 2'] }, 'app 2')).toBe('process 2');
  expect(processLabel({}, 'app')).toBe('the app');
});
