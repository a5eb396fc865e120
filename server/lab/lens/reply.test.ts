import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startTestServer } from '../../../testing/redisServer.ts';
import { findServer } from '../../redis/ownServer.ts';
import { renderReply } from './reply.ts';

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
])('%j is shown as %j', (reply, shown) => {
  expect(renderReply(reply)).toBe(shown);
});

test('what redis-cli prints is what the panel shows', async () => {
  const server = await startTestServer();
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
    await server.stop();
  }
});
