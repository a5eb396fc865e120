import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Command, Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { borrowTestServer } from '../../../testing/redisServer.ts';
import { findServer } from '../../redis/ownServer.ts';
import { blocks, describeCall, renderReply, setsLifetimeOnly, setsWhole, typeWrittenBy } from './commands.ts';
import type { Sent } from './sending.ts';

const ns = 'sandbox:1:';

describe('a call is described as it is sent:', () => {
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
    const given = args.filter((arg) => typeof arg !== 'function') as ConstructorParameters<typeof Command>[1];
    const command = new Command(name, given, { keyPrefix: ns });
    expect(describeCall(command as unknown as Sent)).toEqual({
      name,
      args: withNamespace(sent),
      keys: withNamespace(keys),
      writes,
      blocks: false,
      flushes: false,
    });
  });
});

test.each<[name: string, args: string[], blocks: boolean]>([
  ['blpop', ['a', '0'], true],
  ['BZMPOP', ['1', '1', 'a', 'MIN'], true],
  ['xread', ['BLOCK', '5', 'STREAMS', 'a', '0'], true],
  ['xread', ['STREAMS', 'a', '0'], false],
  ['lpop', ['a'], false],
])('%s %j waits for somebody else: %j', (name, args, waits) => {
  expect(blocks({ name, args })).toBe(waits);
});

test.each(['expire', 'pexpire', 'expireat', 'pexpireat', 'persist', 'touch'])(
  '%s changes only the time to live',
  (name) => {
    expect([setsLifetimeOnly(name), setsWhole(name), typeWrittenBy(name)]).toEqual([true, false, undefined]);
  },
);

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
])('%s replaces the whole value: %j, and leaves a %s', (name, whole, type) => {
  expect([setsWhole(name), typeWrittenBy(name)]).toEqual([whole, type]);
});

test.each<[unknown, string]>([
  [null, '(nil)'],
  [undefined, '(nil)'],
  [0, '(integer) 0'],
  [-2, '(integer) -2'],
  ['OK', 'OK'],
  ['', '""'],
  ['{"userId":1}', '"{\\"userId\\":1}"'],
  ['two\nlines', '"two\\nlines"'],
  [[], '(empty array)'],
  [{}, '(empty array)'],
  [['a', null, 3], '1) "a"\n2) (nil)\n3) (integer) 3'],
  [{ field: 'value' }, '1) "field"\n2) "value"'],
  [[['a', 'b'], 'c'], '1) 1) "a"\n   2) "b"\n2) "c"'],
  [[[['a', 'b']]], '1) 1) 1) "a"\n      2) "b"'],
  [new Error('ERR no'), '(error) ERR no'],
])('the reply %j is shown as %j', (reply, shown) => {
  expect(renderReply(reply)).toBe(shown);
});

test('replies are shown as redis-cli prints them', async () => {
  const server = await borrowTestServer();
  const redis = new Redis(server.url);
  const cli = join(dirname(findServer(process.env.PATH ?? '')!), 'redis-cli');
  const letters = [...'abcdefghijkl'];
  try {
    await redis.hset('hash', { a: '1', b: '"2"' });
    await redis.rpush('list', ...letters);
    for (const command of [
      ['SET', 'key', 'value'],
      ['GET', 'key'],
      ['GET', 'nothing'],
      ['SET', 'json', '{"cookie":{"path":"/"},"text":"a\\b\tc\nd"}'],
      ['GET', 'json'],
      ['PTTL', 'nothing'],
      ['EXPIRE', 'key', '1800'],
      ['HGETALL', 'hash'],
      ['HGETALL', 'nothing'],
      ['LRANGE', 'list', '0', '-1'],
      ['MGET', 'key', 'nothing'],
      ['EVAL', 'return {1, {"a", {"b", "c"}}, "d"}', '0'],
    ]) {
      const { stdout } = await promisify(execFile)(cli, ['-p', String(server.port), '--no-raw', ...command]);
      const [name = '', ...args] = command;
      expect([name, renderReply(await redis.call(name, args))]).toEqual([name, stdout.trimEnd()]);
    }
  } finally {
    redis.disconnect();
    await server.giveBack();
  }
});
