import { describe, expect, test } from 'vitest';
import { header, keySet, type Sketch, stepStarted, traceOf } from '../../testing/trace.ts';
import type { Fault } from './faults.ts';
import { read } from './read.ts';
import { bookkeeping, foldNeighbors, isTokenOf, topicOfKey } from './subject.ts';

const record = ['sess:'];

test.each([
  ['sess:wME6p7', record, true, 'session record'],
  ['blog:sess:wME6p7', record, false, 'session record'],
  ['throttle:account:M9qa:unknown', record, false, 'throttle'],
  ['throttle:account:M9qa:unknown', ['throttle:'], true, 'throttle'],
  ['user:1:sessions', record, false, 'list of sessions'],
  ['user:1:sessions', ['sess:', 'user:*:sessions'], true, 'list of sessions'],
  ['user:1:orders', ['sess:', 'user:*:sessions'], false, 'orders'],
  ['basket:b6b99976', record, false, 'basket'],
  ['reset:TNNE', record, false, 'password reset'],
  ['stock', record, false, 'stock'],
  ['cache:page:7', record, false, 'cache'],
])('the key %s with the subject %j: %j, %s', (name, subject, isSubject, group) => {
  expect(topicOfKey(name, subject)).toEqual({ subject: isSubject, group });
});

const key = (name: string) => header.namespace + name;
const request: Sketch = {
  ...{ type: 'request', id: 1, actor: 'alice', method: 'POST', url: 'https://shop.example/auth/login' },
  ...{ headers: [], forwarded: [], body: null, note: null, cookies: [] },
};
const fault = (fault: Fault): Sketch => ({ type: 'fault', fault });
const command = (id: number, name: string, args: string[], outcome: object = {}): Sketch => ({
  ...{ type: 'command', id, request: 1, name, args },
  ...{ reply: 'OK', error: null, ms: 1, ...outcome },
});

describe('of an exchange,', () => {
  /** The groups of what is folded, by the command's id. */
  const folded = (...events: Sketch[]) => {
    const trace = traceOf(stepStarted(0), request, ...events);
    const topics = bookkeeping(read(trace).exchanges, trace.events, header);
    return Object.fromEntries([...topics].map(([id, { group }]) => [id, group]));
  };
  const counters = [key('throttle:account:a'), key('throttle:source:b')];

  test('what is not about the subject is bookkeeping', () => {
    expect(
      folded(
        command(1, 'get', [key('sess:a')]),
        command(2, 'mget', counters),
        command(3, 'zadd', [key('user:1:sessions'), '1', '{}']),
      ),
    ).toEqual({ 2: 'throttle', 3: 'list of sessions' });
  });

  test('so is a session that the request made and never stored, but not one that it names', () => {
    const nothing = { reply: '(integer) 0' };
    const trace = traceOf(stepStarted(0), request, command(1, 'del', [key('sess:made')], nothing));
    const [exchange] = read(trace).exchanges;
    const asked = (sid: string | null) => [{ ...exchange!, request: { ...exchange!.request, sid } }];
    const { sid } = exchange!.commands[0]!;
    expect([...bookkeeping(asked(null), trace.events, header).values()]).toMatchObject([
      { group: 'session never stored' },
    ]);
    expect(bookkeeping(asked(sid), trace.events, header).size).toBe(0);
    expect(folded(command(1, 'del', [key('sess:made')], { reply: '(integer) 1' }))).toEqual({});
    // Another request has deleted it first.
    const stored = keySet('sess:made', '{}');
    expect(folded(stored, command(1, 'del', [key('sess:made')], nothing))).toEqual({});
  });

  test('so is a check of a stream between the steps, but not one within a step', () => {
    const head: Sketch = {
      ...{ type: 'response', request: 1, status: 200, statusText: 'OK', body: '', ms: 1, by: 'app', cookies: [] },
      headers: [['Content-Type', 'text/event-stream']],
    };
    const check = (id: number, step: number | null): Sketch => ({ ...command(id, 'get', [key('sess:a')]), step });
    expect(folded(head, check(1, 0), check(2, null))).toEqual({ 2: 'check of a stream' });
    expect(folded(check(1, null))).toEqual({});
  });

  test('a script counts by its keys, and one subject among several keys is enough', () => {
    const script = (...keys: string[]) => ['return 1', String(keys.length), ...keys];
    expect(
      folded(command(1, 'eval', script(...counters)), command(2, 'eval', script(counters[0]!, key('sess:a')))),
    ).toEqual({ 1: 'throttle' });
  });

  test('a command without a key goes with its neighbors', () => {
    const transaction = [command(3, 'multi', []), command(4, 'incr', [counters[0]!]), command(5, 'exec', [])];
    expect(folded(command(1, 'ping', []), command(2, 'get', [key('sess:a')]))).toEqual({});
    expect(folded(...transaction)).toEqual({ 3: 'throttle', 4: 'throttle', 5: 'throttle' });
    expect(folded(command(1, 'set', [key('sess:a'), '{}']), ...transaction)).toEqual({
      3: 'throttle',
      4: 'throttle',
      5: 'throttle',
    });
    expect(folded(command(1, 'ping', []))).toEqual({ 1: 'other' });
    const listed = command(3, 'zadd', [key('user:1:sessions'), '1', '{}']);
    expect(folded(command(1, 'set', [key('sess:a'), '{}']), command(2, 'time', []), listed)).toEqual({
      2: 'list of sessions',
      3: 'list of sessions',
    });
  });

  test('a command that fails, or takes long, is never folded', () => {
    const failed = { reply: null, error: 'Command timed out' };
    expect(folded(command(1, 'mget', counters, failed), command(2, 'mget', counters, { ms: 2500 }))).toEqual({});
  });

  test.each<[Fault, Fault]>([
    [{ is: 'held', command: 'hgetall' }, { is: 'released' }],
    [{ is: 'slow', command: 'hgetall', ms: 1000 }, { is: 'fast-again' }],
    [{ is: 'slow', command: null, ms: 1000 }, { is: 'fast-again' }],
    [{ is: 'frozen', what: 'connection' }, { is: 'thawed' }],
  ])('a command is never folded while Redis is %o', (begin, end) => {
    const stock = command(1, 'hgetall', [key('stock')]);
    expect(folded(fault(begin), fault(end), stock)).toEqual({});
    expect(folded(fault(begin), fault(end), stock, command(2, 'ping', []))).not.toHaveProperty('1');
    expect(folded(stock, fault(begin))).toEqual({ 1: 'stock' });
  });
});

test('only bookkeeping of the same request that stands together is folded', () => {
  const items = ['a:throttle', 'a:throttle', 'a:basket', 'a:', 'a:orders', 'b:orders'];
  const topic = (item: string) => (item.slice(2) ? { subject: false, group: item.slice(2) } : null);
  expect(foldNeighbors(items, topic, (item) => item[0])).toEqual([
    {
      folded: ['a:throttle', 'a:throttle', 'a:basket'],
      label: '+2 throttle, +1 basket',
      meaning:
        'throttle: counts wrong passwords and codes, so that nobody can try many\nbasket: what somebody wants to buy',
    },
    { item: 'a:' },
    { folded: ['a:orders'], label: '+1 orders', meaning: 'orders: what a user has ordered' },
    { folded: ['b:orders'], label: '+1 orders', meaning: 'orders: what a user has ordered' },
  ]);
});

test.each([
  ['__Host-remember', true],
  ['__Host-Http-remember', true],
  ['remember', true],
  ['__Host-sid', false],
])('the cookie %s holds the token of a key remember:…: %s', (cookie, isToken) => {
  expect(isTokenOf(cookie, ['sess:', 'remember:'])).toBe(isToken);
});
