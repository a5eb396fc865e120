import { describe, expect, test } from 'vitest';
import { describeCall, isCommand, setsLifetimeOnly, setsWhole, typeWrittenBy } from './call.ts';

const ns = 'sandbox:1:';

describe('a call is described as it goes over the wire', () => {
  test.each<[name: string, args: unknown[], sent: string[], keys: string[], writes: boolean]>([
    ['get', ['a'], ['ns:a'], ['ns:a'], false],
    ['set', ['a', 'v', 'EX', 1800], ['ns:a', 'v', 'EX', '1800'], ['ns:a'], true],
    ['del', [['a', 'b']], ['ns:a', 'ns:b'], ['ns:a', 'ns:b'], true],
    ['mget', ['a', 'b'], ['ns:a', 'ns:b'], ['ns:a', 'ns:b'], false],
    ['mset', [{ a: 1, b: 2 }], ['ns:a', '1', 'ns:b', '2'], ['ns:a', 'ns:b'], true],
    ['hset', ['h', { f: 'v' }], ['ns:h', 'f', 'v'], ['ns:h'], true],
    ['hset', ['h', new Map([['f', 'v']])], ['ns:h', 'f', 'v'], ['ns:h'], true],
    ['rename', ['a', 'b'], ['ns:a', 'ns:b'], ['ns:a', 'ns:b'], true],
    ['eval', ['return 1', 1, 'a', 'x'], ['return 1', '1', 'ns:a', 'x'], ['ns:a'], true],
    ['get', [Buffer.from('a')], ['ns:a'], ['ns:a'], false],
    ['get', ['a', () => {}], ['ns:a'], ['ns:a'], false],
    ['ping', [], [], [], true],
    ['sadd', ['s', 1, 2], ['ns:s', '1', '2'], ['ns:s'], true],
  ])('%s %j', (name, args, sent, keys, writes) => {
    const withNamespace = (texts: string[]) => texts.map((text) => text.replace(/^ns:/, ns));
    expect(describeCall(name, args, ns)).toEqual({
      name,
      args: withNamespace(sent),
      keys: withNamespace(keys),
      writes,
    });
  });
});

test.each(['get', 'hset', 'pexpire', 'multi', 'flushall'])('%s is a command', (name) => {
  expect(isCommand(name)).toBe(true);
});

test.each(['on', 'disconnect', 'status', 'duplicate', 'then'])('%s is none', (name) => {
  expect(isCommand(name)).toBe(false);
});

test.each(['expire', 'pexpire', 'expireat', 'pexpireat', 'persist', 'touch'])('%s moves only the end', (name) => {
  expect([setsLifetimeOnly(name), setsWhole(name), typeWrittenBy(name)]).toEqual([true, false, undefined]);
});

test.each([
  ['set', true, 'string'],
  ['psetex', true, 'string'],
  ['incrby', false, 'string'],
  ['hset', false, 'hash'],
  ['hincrby', false, 'hash'],
  ['sadd', false, 'set'],
  ['zremrangebyscore', false, 'zset'],
  ['rpush', false, 'list'],
  ['lset', false, 'list'],
  ['del', false, undefined],
  ['rename', false, undefined],
  ['eval', false, undefined],
])('%s writes the whole: %j, and leaves a %s', (name, whole, type) => {
  expect([setsWhole(name), typeWrittenBy(name)]).toEqual([whole, type]);
});
