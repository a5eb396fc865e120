import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { watchedClient } from './client.ts';

const ns = 'sandbox:1:';

describe.each(bothKinds)('a watched client on %s Redis', (kind) => {
  let stores: TestRedis;
  let plain: Redis;
  let watched: Redis;
  let reported: [command: string, reply: unknown][];

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    plain = await stores.connect(ns);
    watched = watchedClient(await stores.connect(ns), ns, ({ name, args }, reply) => {
      const entry: [string, unknown] = [[name, ...args].join(' '), undefined];
      reported.push(entry);
      reply.then(
        (value) => {
          entry[1] = value;
        },
        (error) => {
          entry[1] = error;
        },
      );
    });
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    await plain.flushall();
    reported = [];
  });

  const uses: [what: string, use: (redis: Redis) => Promise<unknown>][] = [
    ['a string', async (redis) => [await redis.set('a', '1', 'EX', 60), await redis.get('a'), await redis.get('none')]],
    [
      'a hash',
      async (redis) => [
        await redis.hset('h', { a: 1, b: 'x' }),
        await redis.hgetall('h'),
        await redis.hdel('h', 'a', 'z'),
      ],
    ],
    [
      'keys as an array',
      async (redis) => [await redis.mset({ a: 1, b: 2 }), await redis.mget(['a', 'b']), await redis.del(['a', 'c'])],
    ],
    [
      'times',
      async (redis) => [
        await redis.set('a', '1'),
        await redis.expire('a', 60),
        await redis.ttl('a'),
        await redis.expire('z', 1),
      ],
    ],
    ['a transaction', (redis) => redis.multi().set('a', '1').incr('a').get('a').exec()],
    ['a pipeline', (redis) => redis.pipeline().set('a', '1').hset('h', 'f', 'v').hget('h', 'f').exec()],
    [
      'a pipeline of arrays',
      (redis) =>
        redis
          .pipeline([
            ['set', 'a', '1'],
            ['get', 'a'],
          ])
          .exec(),
    ],
    ['an empty pipeline', (redis) => redis.pipeline().exec()],
    [
      'a callback',
      (redis) => new Promise((resolve) => void redis.set('a', '1', (error, reply) => resolve([error, reply]))),
    ],
    [
      'an error',
      async (redis) => [await redis.set('a', 'x'), await redis.zrange('a', 0, -1).catch((error) => error.message)],
    ],
    ['not a command', async (redis) => [typeof redis.on, 'scanIterator' in redis, 'masters' in redis, await redis]],
  ];

  test.each(uses)('behaves like the client it wraps: %s', async (what, use) => {
    const expected = await use(plain);
    await plain.flushall();
    const actual = await use(watched);
    // Awaiting a client returns that client itself, so the two differ.
    if (what === 'not a command')
      expect((actual as unknown[]).slice(0, 3)).toEqual((expected as unknown[]).slice(0, 3));
    else expect(actual).toEqual(expected);
  });

  test('reports each command with its full keys and its reply, in the order of issue', async () => {
    await Promise.all([watched.set('a', '1', 'EX', 60), watched.get('a'), watched.del(['a', 'b'])]);
    await watched.get('a');
    expect(reported).toEqual([
      [`set ${ns}a 1 EX 60`, 'OK'],
      [`get ${ns}a`, '1'],
      [`del ${ns}a ${ns}b`, 1],
      [`get ${ns}a`, null],
    ]);
  });

  const chains: [chain: 'multi' | 'pipeline', before: string[], after: string[]][] = [
    ['multi', ['multi'], ['exec']],
    ['pipeline', [], []],
  ];

  test.each(chains)(
    'reports the commands of a %s when it is executed, with their replies',
    async (chain, before, after) => {
      const queued = watched[chain]().set('a', 'x').zrange('a', 0, -1).get('a');
      expect(reported).toEqual([]);
      const results = await queued.exec();
      await eventually(() =>
        expect(reported).toEqual([
          ...before.map((name) => [name, 'OK']),
          [`set ${ns}a x`, 'OK'],
          [`zrange ${ns}a 0 -1`, expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') })],
          [`get ${ns}a`, 'x'],
          ...after.map((name) => [name, expect.any(Array)]),
        ]),
      );
      expect(results?.map(([, value]) => value)).toEqual(['OK', undefined, 'x']);
    },
  );

  test('rejects a failed command for the caller, and reports it', async () => {
    await watched.set('a', 'x');
    await expect(watched.zrange('a', 0, -1)).rejects.toThrow('WRONGTYPE');
    expect(reported.at(-1)).toEqual([`zrange ${ns}a 0 -1`, expect.any(Error)]);
  });
});
