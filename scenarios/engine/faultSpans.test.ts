import { expect, test } from 'vitest';
import { type Sketch, traceOf } from '../../testing/trace.ts';
import { endsAFault, ongoingFaults, toldByFaults } from './faultSpans.ts';
import type { Fault } from './faults.ts';
import { leastRecentlyUsed } from './leastRecentlyUsed.ts';

const slow: Fault = { is: 'slow', command: null, ms: 100 };
const slower: Fault = { ...slow, ms: 300 };
const frozen: Fault = { is: 'frozen', what: 'connection' };

test.each<[string, Fault[], Fault[]]>([
  ['nothing', [{ is: 'restarted-empty' }, { is: 'payments-held' }], []],
  ['a fault that began', [slow], [slow]],
  ['two kinds of faults', [slow, frozen], [slow, frozen]],
  ['the newer one of a kind', [slow, slower], [slower]],
  ['what its end leaves', [slow, frozen, { is: 'thawed' }], [slow]],
  ['nothing after all is mended', [slow, frozen, { is: 'connected-again' }], []],
  ['a crash, until Redis starts', [{ is: 'crashed' }, { is: 'connected-again' }], [{ is: 'crashed' }]],
])('what lasts is %s', (_, faults, lasting) => {
  const { events } = traceOf(...faults.map((fault) => ({ type: 'fault', fault }) as const));
  expect(ongoingFaults(events)).toEqual(lasting);
});

test.each<[Fault, boolean]>([
  [{ is: 'thawed' }, true],
  [{ is: 'connected-again' }, true],
  [{ is: 'payments-released' }, true],
  [{ is: 'payments-held' }, false],
  [slow, false],
  // Redis is there again, and what it held is not.
  [{ is: 'started-empty' }, false],
])('of %j, that it is good news is %s', (fault, isGood) => {
  expect(endsAFault(fault)).toBe(isGood);
});

test('nothing lasts after the end of the sandbox', () => {
  const { events } = traceOf({ type: 'fault', fault: slow }, { type: 'ended', why: '' });
  expect(ongoingFaults(events)).toEqual([]);
});

test('the least recently used key is the one that no command has touched for the longest time', () => {
  const command = (id: number, key: string): Sketch => ({
    type: 'command',
    id,
    request: 1,
    name: 'get',
    args: [key],
    reply: 'x',
    error: null,
    ms: 1,
  });
  const { events } = traceOf(command(1, 'a'), command(2, 'b'), command(3, 'c'), command(4, 'a'));
  expect(leastRecentlyUsed(['a', 'b', 'c'], events)).toBe('b');
  expect(leastRecentlyUsed(['a', 'c'], events)).toBe('c');
  expect(leastRecentlyUsed([], events)).toBeUndefined();
});

test('a fault tells that Redis is gone and back; a loss without a fault tells it itself', () => {
  const store = (status: 'lost' | 'back'): Sketch => ({ type: 'store', status, why: '' });
  const fault = (what: Fault): Sketch => ({ type: 'fault', fault: what });
  const crash = [fault({ is: 'crashed' }), store('lost'), fault({ is: 'started-empty' }), store('back')];
  const { events } = traceOf(...crash, store('lost'), store('back'));
  expect([...toldByFaults(events)]).toEqual([1, 3]);
});
