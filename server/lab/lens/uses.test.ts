import { once } from 'node:events';
import { Command, type Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { watchedClient } from './client.ts';
import { faultyClient } from './faults.ts';

const ns = 'sandbox:1:';

/** What an app may do with ioredis, and the commands that are then in the trace. */
type Use = [what: string, use: (redis: Redis) => Promise<unknown>, commands: string];

const callback = (call: (done: (error: unknown, value: unknown) => void) => unknown) =>
  new Promise((resolve) => call((error, value) => resolve([(error as Error | null)?.message ?? null, value])));

/** As an app written in JavaScript sees it. */
// biome-ignore lint/suspicious/noExplicitAny: some of these calls have no type in ioredis
const loose = (redis: Redis) => redis as any;

const uses: Use[] = [
  ['a callback', (redis) => callback((done) => redis.set('a', '1', done)), 'set'],
  [
    'a callback with an error',
    async (redis) => [await redis.rpush('a', 'x'), await callback((done) => redis.incr('a', done))],
    'rpush incr',
  ],
  ['a callback behind an array', (redis) => callback((done) => redis.mget(['a', 'b'], done)), 'mget'],
  [
    'exec with a callback',
    (redis) => callback((done) => redis.multi().set('a', '1').get('a').exec(done)),
    'multi set get exec',
  ],
  [
    'exec of a pipeline with a callback',
    (redis) => callback((done) => redis.pipeline().set('a', '1').get('a').exec(done)),
    'set get',
  ],
  [
    'a callback of each command in a pipeline',
    async (redis) => {
      const seen: unknown[] = [];
      await redis
        .pipeline()
        .set('a', '1', (_, value) => seen.push(value))
        .get('a', (_, value) => seen.push(value))
        .exec();
      return seen;
    },
    'set get',
  ],
  [
    'a callback of each command in a transaction',
    async (redis) => {
      const seen: unknown[] = [];
      await redis
        .multi()
        .set('a', '1', (_, value) => seen.push(value))
        .exec();
      return seen;
    },
    'multi set exec',
  ],
  [
    'a transaction inside a pipeline',
    (redis) => loose(redis).pipeline().get('a').multi().set('a', '1').get('a').exec().get('a').exec(),
    'get multi set get exec get',
  ],
  [
    'a transaction without a pipeline',
    async (redis) => [
      await redis.multi({ pipeline: false }),
      await redis.set('a', '1'),
      await redis.get('a'),
      await redis.exec(),
    ],
    'multi set get exec',
  ],
  [
    'a transaction that is discarded',
    async (redis) => [
      await redis.multi({ pipeline: false }),
      await redis.set('a', '1'),
      await redis.discard(),
      await redis.get('a'),
    ],
    'multi set discard get',
  ],
  [
    'an array of commands',
    (redis) =>
      redis
        .pipeline([
          ['set', 'a', '1'],
          ['get', 'a'],
        ])
        .exec(),
    'set get',
  ],
  [
    'an array of commands in a transaction',
    (redis) =>
      redis
        .multi([
          ['set', 'a', '1'],
          ['get', 'a'],
        ])
        .exec(),
    'multi set get exec',
  ],
  ['an empty pipeline', (redis) => redis.pipeline().exec(), ''],
  ['an empty transaction', (redis) => redis.multi().exec(), 'multi exec'],
  ['the length of a pipeline', async (redis) => redis.pipeline().get('a').get('b').length, ''],
  [
    'an error in a transaction',
    async (redis) => (await redis.multi().set('a', 'x').incr('a').exec())?.map(String),
    'multi set incr exec',
  ],
  [
    'a transaction that Redis refuses',
    async (redis) => callback((done) => loose(redis).multi().set('a').get('a').exec(done)),
    'multi set get exec',
  ],
  [
    'two executions at once',
    (redis) =>
      Promise.all([
        redis.multi().set('a', '1').exec(),
        redis.pipeline().set('b', '2').exec(),
        redis.get('a'),
        redis.multi().get('b').exec(),
      ]),
    'multi set exec set get multi get exec',
  ],
  [
    'call',
    async (redis) => [
      await redis.call('SET', 'a', '1'),
      await redis.call('get', ['a']),
      await redis.callBuffer('get', 'a'),
    ],
    'set get get',
  ],
  ['call with a callback', (redis) => callback((done) => loose(redis).call('GET', 'a', done)), 'get'],
  ['call in a pipeline', (redis) => loose(redis).pipeline().call('SET', 'a', '1').call('GET', 'a').exec(), 'set get'],
  [
    'buffers',
    async (redis) => [
      await redis.set(Buffer.from('a'), Buffer.from([0, 255])),
      await redis.getBuffer('a'),
      await redis.hset('h', 'f', Buffer.from([200])),
      await redis.hgetallBuffer('h'),
    ],
    'set get hset hgetall',
  ],
  [
    'buffers in a transaction',
    (redis) =>
      redis
        .multi()
        .set('a', Buffer.from([255]))
        .getBuffer('a')
        .exec(),
    'multi set get exec',
  ],
  [
    'objects and maps',
    async (redis) => [
      await redis.hset('h', { a: 1 }),
      await redis.hset('h', new Map([['b', 2]])),
      await redis.mset({ x: 1, y: 2 }),
      await redis.hgetall('h'),
      await redis.multi().hgetall('h').exec(),
    ],
    'hset hset mset hgetall multi hgetall exec',
  ],
  [
    'undefined and null',
    async (redis) => [
      await loose(redis).set('a', undefined),
      await loose(redis).set('b', null),
      await redis.mget('a', 'b'),
      await loose(redis).get(undefined),
    ],
    'set set mget get',
  ],
  ['no argument', (redis) => callback((done) => loose(redis).get(done)), 'get'],
  [
    'a command of one’s own',
    async (redis) => {
      redis.defineCommand('plus', { numberOfKeys: 1, lua: "return redis.call('INCRBY', KEYS[1], ARGV[1])" });
      return [
        await loose(redis).plus('a', 2),
        await loose(redis).plus('a', 3),
        await loose(redis).plusBuffer('a', 1),
        await loose(redis).pipeline().plus('a', 1).exec(),
        await callback((done) => loose(redis).plus('a', 1, done)),
      ];
    },
    'eval evalsha evalsha evalsha evalsha',
  ],
  [
    'a script by its hash',
    async (redis) => {
      const hash = (await redis.script('LOAD', 'return {KEYS[1] ~= nil, ARGV[1]}')) as string;
      return [hash, await redis.evalsha(hash, 1, 'a', 'x'), await redis.script('EXISTS', hash, '0'.repeat(40))];
    },
    'script evalsha script',
  ],
  [
    'a command that an app makes itself',
    async (redis) => [
      await loose(redis).sendCommand(new Command('set', ['a', '1'])),
      String(await loose(redis).sendCommand(new Command('get', ['a']))),
    ],
    'set get',
  ],
  [
    'a method that is replaced after its first use',
    async (redis) => {
      await redis.get('a');
      const { get } = redis;
      redis.get = (async () => 'replaced') as unknown as Redis['get'];
      const replaced = await redis.get('a');
      redis.get = get;
      return [replaced, await redis.get('a')];
    },
    'get get',
  ],
  [
    'SCAN as a stream',
    async (redis) => {
      await redis.mset({ 'sess:1': 1, 'sess:2': 2, other: 3 });
      const found: string[] = [];
      for await (const names of redis.scanStream({ match: 'sess:*', count: 1000 })) found.push(...names);
      return found.sort();
    },
    'mset scan',
  ],
  [
    'a stream of members',
    async (redis) => {
      await redis.sadd('s', 'x');
      const found: string[] = [];
      for await (const members of redis.sscanStream('s')) found.push(...members);
      return found;
    },
    'sadd sscan',
  ],
  [
    'messages of another connection',
    async (redis) => {
      const subscriber = redis.duplicate();
      if (subscriber.status === 'wait') await subscriber.connect();
      const messages: unknown[] = [];
      subscriber.on('message', (...all) => messages.push(all));
      subscriber.on('pmessage', (...all) => messages.push(all));
      const count = [await subscriber.subscribe('news', 'more'), await subscriber.psubscribe('n*')];
      const received = [
        await redis.publish('news', 'hello'),
        await redis.publish('none', 'x'),
        await redis.pubsub('CHANNELS', 'ne*'),
        await redis.pubsub('NUMSUB', 'news'),
      ];
      await eventually(() => expect(messages).toHaveLength(3));
      const left = [await subscriber.punsubscribe('n*'), await subscriber.unsubscribe()];
      subscriber.disconnect();
      return [count, received, messages, left];
    },
    'subscribe psubscribe publish publish pubsub pubsub punsubscribe unsubscribe',
  ],
  [
    'waiting for another connection',
    async (redis) => {
      const other = redis.duplicate();
      if (other.status === 'wait') await other.connect();
      const waiting = other.blpop('l', 5);
      await redis.rpush('l', 'x');
      const item = await waiting;
      other.disconnect();
      return item;
    },
    'blpop rpush',
  ],
  [
    'watching for a change',
    async (redis) => [
      await redis.watch('a'),
      await redis.set('a', '1'),
      await redis.multi().get('a').exec(),
      await redis.multi().get('a').exec(),
    ],
    'watch set multi get exec multi get exec',
  ],
  [
    'what it is',
    async (redis) => [redis.status, redis.mode, redis.isCluster, typeof redis.on, redis.options.keyPrefix],
    '',
  ],
];

describe.each(bothKinds)('on %s Redis, a watched client behaves as ioredis does:', (kind) => {
  let stores: TestRedis;
  let others: TestRedis;
  let plain: Redis;
  let watched: Redis;
  let reported: string[];

  beforeAll(async () => {
    [stores, others] = await Promise.all([openTestRedis(kind), openTestRedis(kind)]);
    plain = await others.connect();
    const seen = watchedClient(await stores.connect(ns), ns, ({ name }, reply) => {
      reported.push(name);
      reply.catch(() => {});
    });
    watched = faultyClient(seen, () => {}).redis;
  });
  afterAll(() => Promise.all([stores.close(), others.close()]));

  beforeEach(async () => {
    reported = [];
    await Promise.all([plain.flushall(), watched.flushall()]);
    reported = [];
  });

  test.each(uses)('%s', async (_, use, commands) => {
    expect(await use(watched)).toEqual(await use(plain));
    expect(reported.join(' ')).toBe(commands);
  });
});

test('connections that the app has opened have the namespace too, and a prefix of its own within it', async () => {
  const stores = await openTestRedis('mock');
  const opened: Redis[] = [];
  const watched = watchedClient(
    await stores.connect(ns),
    ns,
    () => {},
    (connection) => opened.push(connection),
  );
  const other = watched.duplicate({ keyPrefix: 'app:', db: 0 });
  await once(other, 'ready');
  await other.set('a', '1');
  expect(await (await stores.connect()).keys('*')).toEqual([`${ns}app:a`]);
  expect(await watched.keys('*')).toEqual(['app:a']);
  expect(opened).toHaveLength(1);
  other.disconnect();
  await stores.close();
});
