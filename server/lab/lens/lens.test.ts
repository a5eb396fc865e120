import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeyChanged, RedisCommand } from '../../../scenarios/engine/trace.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { header } from '../../../testing/trace.ts';
import type { KeyNotices } from '../../redis/notices.ts';
import { createKeyEditor } from '../freePlay/keyEditor.ts';
import { createRecorder, type Recorder } from '../recorder.ts';
import { type Clock, createClock } from '../time/clock.ts';
import { createLens, type Lens } from './lens.ts';

const ns = header.namespace;

describe.each(bothKinds)('the lens on %s Redis', (kind) => {
  let stores: TestRedis;
  let connection: Redis;
  /** Somebody else's client, such as redis-cli in a terminal. */
  let outsider: Redis;
  let notices: KeyNotices;
  let clock: Clock;
  let recorder: Recorder;
  let lens: Lens;
  let handling: number | null;
  let stopWatching: () => void;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    outsider = await stores.connect();
    notices = await stores.notices();
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    await outsider.flushall();
    connection = await stores.connect(ns);
    clock = createClock();
    lensWithLimit(20_000);
    handling = null;
  });
  afterEach(() => {
    lens.stop();
    connection.disconnect();
  });

  function lensWithLimit(limit: number) {
    recorder = createRecorder(header, clock, { events: limit, bytes: Number.POSITIVE_INFINITY });
    lens = createLens(connection, ns, clock, recorder, () => handling, notices);
  }

  const commands = () => recorder.trace.events.filter((event): event is RedisCommand => event.type === 'command');
  const keys = () => recorder.trace.events.filter((event): event is KeyChanged => event.type === 'key');
  /** The key events as text: what happened to which key, and who did it (a command by its name). */
  const changes = () =>
    keys().map(({ key, change, cause }) => {
      const who = cause.by === 'command' ? commands().find(({ id }) => id === cause.command)?.name : cause.by;
      return `${key.replace(ns, '')} ${change} by ${who}`;
    });
  const soon = (assertion: () => void) => vi.waitFor(assertion, { timeout: 1000, interval: 5 });

  describe('records for each command', () => {
    test('name, arguments with full keys, reply, time and request', async () => {
      handling = 7;
      await lens.redis.set('sess:a', 'v', 'EX', 1800);
      handling = null;
      await lens.redis.get('sess:b');
      await lens.settled();
      expect(commands()).toEqual([
        expect.objectContaining({
          id: 1,
          request: 7,
          name: 'set',
          args: [`${ns}sess:a`, 'v', 'EX', '1800'],
          reply: 'OK',
          error: null,
        }),
        expect.objectContaining({
          id: 2,
          request: null,
          name: 'get',
          args: [`${ns}sess:b`],
          reply: '(nil)',
          error: null,
        }),
      ]);
      for (const { ms } of commands()) expect(ms).toBeGreaterThan(0);
    });

    test('the error if it failed', async () => {
      await lens.redis.set('a', 'v');
      await lens.redis.zrange('a', 0, -1).catch(() => {});
      await lens.settled();
      expect(commands().at(-1)).toMatchObject({
        name: 'zrange',
        reply: null,
        error: expect.stringContaining('WRONGTYPE'),
      });
      expect(changes()).toEqual(['a set by set']);
    });

    test('why it did nothing, where the reply does not say it', async () => {
      const { redis } = lens;
      await redis.set('a', '1');
      await redis.set('a', '2', 'NX');
      await redis.set('b', '2', 'XX');
      await redis.watch('a');
      await redis.set('a', '3');
      await redis.multi().set('a', '4').exec();
      await lens.settled();
      const told = commands().flatMap(({ name, reply, why }) => (why ? [`${name} ${reply} ${why}`] : []));
      expect(told).toEqual([
        expect.stringMatching(/^set \(nil\) Not set: with NX/),
        expect.stringMatching(/^set \(nil\) Not set: with XX/),
        expect.stringMatching(/^set \(nil\) Not executed: a key of WATCH had changed/),
        expect.stringMatching(/^exec \(nil\) EXEC executed nothing/),
      ]);
      expect(changes()).toEqual(['a set by set', 'a set by set']);
    });

    test('while the app waits, subscribes or has a transaction open, the lab reads and changes keys', async () => {
      const { redis } = lens;
      await redis.set('a', '1');
      await redis.multi({ pipeline: false });
      await redis.set('a', '2');
      expect(await lens.reader.get('a')).toBe('1');
      await redis.exec();
      const waiting = redis.blpop('list', 0);
      expect(await lens.reader.get('a')).toBe('2');
      await lens.settled();
      await outsider.rpush(`${ns}list`, 'x');
      expect(await waiting).toEqual(['list', 'x']);
      await redis.subscribe('channel');
      expect(await lens.reader.get('a')).toBe('2');
      await lens.settled();
      expect(changes().slice(0, 2)).toEqual(['a set by set', 'a set by set']);
      lens.close();
    });

    test('the request in which it was issued, not the one in which its reply arrives', async () => {
      handling = 1;
      const one = lens.redis.get('a');
      handling = 2;
      const other = lens.redis.multi().get('b').get('c').exec();
      handling = 3;
      await Promise.all([one, other]);
      await lens.settled();
      expect(commands().map(({ name, request }) => [name, request])).toEqual([
        ['get', 1],
        ['multi', 2],
        ['get', 2],
        ['get', 2],
        ['exec', 2],
      ]);
    });
  });

  describe('reports what the app’s commands did to keys:', () => {
    const cases: [what: string, use: (redis: Redis) => Promise<unknown>, reported: string[]][] = [
      ['set', (redis) => redis.set('a', '1'), ['a set by set']],
      [
        'set again, to the same value',
        async (redis) => [await redis.set('a', '1'), await redis.set('a', '1')],
        ['a set by set', 'a set by set'],
      ],
      ['read only', async (redis) => [await redis.get('a'), await redis.exists('a')], []],
      [
        'a new time to live',
        async (redis) => [await redis.set('a', '1', 'EX', 60), await redis.expire('a', 90)],
        ['a set by set', 'a ttl by expire'],
      ],
      [
        'the same time to live',
        async (redis) => [await redis.set('a', '1', 'EX', 60), await redis.expire('a', 60)],
        ['a set by set', 'a ttl by expire'],
      ],
      [
        'a new value and a new time to live in one tick',
        async (redis) => [
          await redis.set('a', '1', 'EX', 60),
          await Promise.all([redis.set('a', '2', 'EX', 60), redis.expire('a', 90)]),
        ],
        ['a set by set', 'a set by set', 'a ttl by expire'],
      ],
      ['expire of a key that is not there', (redis) => redis.expire('a', 60), []],
      [
        'expire at once',
        async (redis) => [await redis.set('a', '1'), await redis.pexpire('a', 0)],
        ['a set by set', 'a deleted by pexpire'],
      ],
      [
        'deleted',
        async (redis) => [await redis.set('a', '1'), await redis.del('a')],
        ['a set by set', 'a deleted by del'],
      ],
      ['delete of a key that never was', (redis) => redis.del('a'), []],
      [
        'two deleted at once',
        async (redis) => [await redis.mset({ a: 1, b: 2 }), await redis.del(['a', 'b', 'c'])],
        ['a set by mset', 'b set by mset', 'a deleted by del', 'b deleted by del'],
      ],
      [
        'a hash',
        async (redis) => [await redis.hset('h', 'f', 'v'), await redis.hset('h', 'f', 'w'), await redis.hdel('h', 'f')],
        ['h set by hset', 'h set by hset', 'h deleted by hdel'],
      ],
      [
        'a hash field that is the same',
        async (redis) => [await redis.hset('h', 'f', 'v'), await redis.hset('h', 'f', 'v')],
        ['h set by hset'],
      ],
      [
        'a set',
        async (redis) => [await redis.sadd('s', 'x'), await redis.srem('s', 'x')],
        ['s set by sadd', 's deleted by srem'],
      ],
      [
        'a list',
        async (redis) => [await redis.rpush('l', 'x'), await redis.lpop('l')],
        ['l set by rpush', 'l deleted by lpop'],
      ],
      [
        'a sorted set',
        async (redis) => [await redis.zadd('z', 1, 'x'), await redis.zrem('z', 'x')],
        ['z set by zadd', 'z deleted by zrem'],
      ],
      [
        'renamed',
        async (redis) => [await redis.set('a', '1'), await redis.rename('a', 'b')],
        ['a set by set', 'a deleted by rename', 'b set by rename'],
      ],
      [
        'a transaction',
        (redis) => redis.multi().set('a', '1', 'EX', 60).expire('a', 90).exec(),
        ['a set by set', 'a ttl by expire'],
      ],
      ['a pipeline', (redis) => redis.pipeline().set('a', '1').del('a').set('b', '1').exec(), ['b set by set']],
      [
        'of another type than before',
        async (redis) => [await redis.set('a', '1'), await redis.del('a'), await redis.hset('a', 'f', 'v')],
        ['a set by set', 'a deleted by del', 'a set by hset'],
      ],
      [
        'commands that do not wait for each other',
        (redis) => Promise.all([redis.set('a', '1'), redis.set('a', '2'), redis.del('a')]),
        ['a set by set', 'a set by set', 'a deleted by del'],
      ],
    ];
    test.each(cases)('%s', async (_, use, reported) => {
      // The keys are checked meanwhile. No change by a command may be reported as somebody else's.
      stopWatching = lens.watch();
      await use(lens.redis);
      await lens.settled();
      await lens.keys.checkAll();
      expect(changes()).toEqual(reported);
    });

    test('a transaction, even if the keys are checked at the same moment', async () => {
      await lens.redis.set('a', '1');
      await lens.settled();
      const written = lens.redis.multi().set('a', '2').exec();
      await Promise.all([written, lens.keys.checkAll(), lens.settled()]);
      await lens.settled();
      expect(changes()).toEqual(['a set by set', 'a set by set']);
    });

    test('the value and the expiry with it', async () => {
      const before = clock.now();
      await lens.redis.hset('h', { b: '2', a: '1' });
      await lens.redis.pexpire('h', 60_000);
      await lens.settled();
      expect(keys()[0]).toMatchObject({ value: { type: 'hash', data: { a: '1', b: '2' } }, expiresAt: null });
      expect(keys()[1]).toMatchObject({
        key: `${ns}h`,
        change: 'ttl',
        value: { type: 'hash', data: { a: '1', b: '2' } },
      });
      expect(keys()[1]!.expiresAt).toBeGreaterThan(before + 60_000 - 50);
      expect(keys()[1]!.expiresAt).toBeLessThanOrEqual(clock.now() + 60_000 + 50);
    });
  });

  describe('while somebody watches, reports within a second what others did:', () => {
    beforeEach(async () => {
      await lens.redis.set('a', '1', 'EX', 600);
      await lens.settled();
      stopWatching = lens.watch();
    });

    test('a DEL', async () => {
      await outsider.del(`${ns}a`);
      await soon(() => expect(changes()).toEqual(['a set by set', 'a deleted by outside']));
    });

    test('a SET', async () => {
      await outsider.set(`${ns}a`, '2');
      await soon(() => expect(changes()).toEqual(['a set by set', 'a set by outside']));
      expect(keys()[1]).toMatchObject({ value: { type: 'string', data: '2' }, expiresAt: null });
    });

    test('an EXPIRE', async () => {
      await outsider.expire(`${ns}a`, 900);
      await soon(() => expect(changes()).toEqual(['a set by set', 'a ttl by outside']));
      expect(keys()[1]!.expiresAt! - clock.now()).toBeGreaterThan(890_000);
    });

    test('a short time to live, and the expiry', async () => {
      await outsider.pexpire(`${ns}a`, 500);
      await soon(() => expect(changes()).toEqual(['a set by set', 'a ttl by outside', 'a expired by time']));
    });

    test('the expiry of a key', async () => {
      await lens.redis.set('b', '1', 'PX', 300);
      await soon(() => expect(changes()).toEqual(['a set by set', 'b set by set', 'b expired by time']));
    });

    // On the mock GET of a hash returns the hash instead of WRONGTYPE.
    const testOnReal = kind === 'real' ? test : () => {};
    testOnReal('a key of another type in its place', async () => {
      await outsider.multi().del(`${ns}a`).hset(`${ns}a`, 'f', 'v').exec();
      await soon(() =>
        expect(keys().at(-1)).toMatchObject({ change: 'set', value: { type: 'hash' }, cause: { by: 'outside' } }),
      );
      await outsider.multi().del(`${ns}a`).xadd(`${ns}a`, '*', 'f', 'v').exec();
      // Streams are not shown, because no session is kept in one.
      await soon(() => expect(changes().at(-1)).toBe('a deleted by outside'));
    });

    test('a deletion, although the next command finds the key missing', async () => {
      stopWatching();
      await outsider.del(`${ns}a`);
      await lens.redis.expire('a', 600);
      await lens.settled();
      expect(changes()).toEqual(['a set by set', 'a deleted by outside']);
    });

    test('a new value, although the next command renews the time to live', async () => {
      stopWatching();
      await outsider.set(`${ns}a`, '2');
      await lens.redis.expire('a', 600);
      stopWatching = lens.watch();
      await soon(() => expect(changes()).toEqual(['a set by set', 'a ttl by expire', 'a set by outside']));
      expect(keys()[2]).toMatchObject({ value: { data: '2' } });
    });

    test('nothing more when nobody watches, until somebody does again', async () => {
      stopWatching();
      await outsider.del(`${ns}a`);
      const reads = vi.spyOn(connection, 'get');
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(reads).not.toHaveBeenCalled();
      stopWatching = lens.watch();
      await soon(() => expect(changes()).toContain('a deleted by outside'));
    });

    test('a key that somebody else adds, and it is deleted with the sandbox', async () => {
      await outsider.set(`${ns}stranger`, '1');
      await soon(() => expect(changes()).toEqual(['a set by set', 'stranger set by outside']));
      await lens.keys.deleteAll();
      expect(await outsider.keys('*')).toEqual([]);
    });

    test('a change within 50 ms, and asks for nothing while nothing happens', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const asked = vi.spyOn(connection, kind === 'mock' ? 'get' : 'sendCommand');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(asked).not.toHaveBeenCalled();
      const began = performance.now();
      await outsider.del(`${ns}a`);
      await vi.waitFor(() => expect(changes()).toContain('a deleted by outside'), { timeout: 1000, interval: 1 });
      expect(performance.now() - began).toBeLessThan(50);
    });

    test('from time to time where Redis does not tell', async () => {
      lens.stop();
      const untold = { untold: 'This Redis does not tell.', arrived: async () => {}, listen: () => () => {} };
      lens = createLens(connection, ns, clock, recorder, () => handling, untold);
      await lens.redis.set('a', '1');
      await lens.settled();
      lens.watch();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await outsider.del(`${ns}a`);
      await vi.waitFor(() => expect(changes()).toContain('a deleted by outside'), { timeout: 3000, interval: 20 });
    });
  });

  describe('knows its keys', () => {
    test('and reads those with a prefix from Redis', async () => {
      await lens.redis.set('sess:b', '1', 'EX', 60);
      await lens.redis.set('sess:a', '2');
      await lens.redis.hset('user:1', 'f', 'v');
      await lens.settled();
      await outsider.set(`${ns}sess:a`, 'changed');
      const read = await lens.keys.read('sess:');
      expect(read.map(({ name, value }) => [name, value.data])).toEqual([
        ['sess:a', 'changed'],
        ['sess:b', '1'],
      ]);
      expect(read[0]!.expiresIn).toBeNull();
      expect(read[1]!.expiresIn).toBeGreaterThan(55_000);
      expect(await lens.keys.read('')).toHaveLength(3);
      expect(await lens.keys.read('none')).toEqual([]);
    });

    test('and deletes one manually, once', async () => {
      await lens.redis.set('a', '1');
      await lens.settled();
      const hand = createKeyEditor(connection, lens.keys);
      expect(await hand.delete('a')).toBe(true);
      expect(await hand.delete('a')).toBe(false);
      expect(changes()).toEqual(['a set by set', 'a deleted by manual']);
      expect(commands().map(({ name }) => name)).toEqual(['set']);
    });

    test('and deletes all of them, even those beyond the limit of the trace, and no others', async () => {
      lensWithLimit(3);
      await outsider.set('sandbox:other:a', 'not ours');
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        await lens.redis.set(name, '1');
        await lens.settled();
      }
      expect(recorder.trace.events).toHaveLength(3);
      await lens.keys.deleteAll();
      expect(await outsider.keys('*')).toEqual(['sandbox:other:a']);
    });
  });

  test('aging shortens times to live, expires what is due and keeps what has no expiry', async () => {
    await lens.redis.set('long', '1', 'EX', 600);
    await lens.redis.set('short', '1', 'EX', 60);
    await lens.redis.set('forever', '1');
    await lens.settled();
    const ends = keys()[0]!.expiresAt!;
    await lens.keys.age(120_000, () => {
      // A check at the moment when the keys are older but the clock has not moved.
      void lens.keys.checkAll();
      clock.jump(120_000);
    });

    expect(changes().slice(3)).toEqual(['short expired by time']);
    const left = await outsider.pttl(`${ns}long`);
    expect(left).toBeGreaterThan(475_000);
    expect(left).toBeLessThanOrEqual(480_000);
    // By the sandbox's clock, its expiry has not moved.
    expect(Math.abs(ends - clock.now() - left)).toBeLessThan(50);
    expect(await outsider.pttl(`${ns}forever`)).toBe(-1);
  });
});
