import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { type Faults, faultyClient } from './faults.ts';

let mock: MockRedis;
let behind: Redis;
let redis: Redis;
let faults: Faults;
let failed: string[];

beforeEach(async () => {
  mock = createMockRedis();
  behind = await mock.connect('');
  failed = [];
  ({ redis, faults } = faultyClient(behind, ({ name, args }) => failed.push([name, ...args].join(' '))));
});
afterEach(() => mock.close());

const noConnection = "Stream isn't writeable";
const msOf = async (work: Promise<unknown>) => {
  const started = performance.now();
  await work;
  return performance.now() - started;
};

test('without a fault every command reaches Redis', async () => {
  await redis.set('a', '1');
  expect(await redis.multi().incr('a').get('a').exec()).toEqual([
    [null, 2],
    [null, '2'],
  ]);
  expect(failed).toEqual([]);
});

test('a broken command fails like a lost connection, is reported, and does not reach Redis; others do', async () => {
  faults.break('set');
  await expect(redis.set('a', '1')).rejects.toThrow(noConnection);
  expect(await behind.exists('a')).toBe(0);
  expect(await redis.get('a')).toBeNull();
  expect(failed).toEqual(['set a 1']);
});

test('with every command broken, transactions and pipelines fail as without a connection', async () => {
  faults.break(undefined);
  await expect(redis.get('a')).rejects.toThrow(noConnection);
  await expect(redis.multi().set('a', 1).incr('a').exec()).rejects.toThrow(noConnection);
  expect(await redis.pipeline().set('a', 1).exec()).toEqual([
    [expect.objectContaining({ message: expect.stringContaining(noConnection) })],
  ]);
  expect(await behind.exists('a')).toBe(0);
  expect(failed).toEqual(['get a', 'multi', 'set a 1', 'incr a', 'exec', 'set a 1']);
});

test('a slow command takes that much longer, others do not', async () => {
  faults.slow(150, 'get');
  expect(await msOf(redis.get('a'))).toBeGreaterThanOrEqual(130);
  const first = await Promise.race([redis.get('a').then(() => 'get'), redis.set('a', '1').then(() => 'set')]);
  expect(first).toBe('set');
  faults.slow(150, undefined);
  expect(await msOf(redis.set('a', '1'))).toBeGreaterThanOrEqual(130);
  faults.slow(5000, undefined);
  faults.slow(0, undefined);
  expect(await msOf(redis.get('a'))).toBeLessThan(1000);
});

test('a slow transaction is executed that much later as a whole', async () => {
  faults.slow(150, undefined);
  const chain = redis.multi().set('a', '1').incr('a');
  let replies: unknown;
  expect(
    await msOf(
      chain.exec().then((all) => {
        replies = all;
      }),
    ),
  ).toBeGreaterThanOrEqual(130);
  expect(replies).toEqual([
    [null, 'OK'],
    [null, 2],
  ]);
});

test('a held command within a transaction holds the whole transaction until it is released', async () => {
  faults.hold('set');
  const held = redis.multi().set('c', '1').pexpire('c', 1000).exec();
  const other = redis.multi().exists('c').exec();
  await faults.held(1);
  expect(await other).toEqual([[null, 0]]);
  faults.release();
  expect(await held).toEqual([
    [null, 'OK'],
    [null, 1],
  ]);
});

test('while a transaction is held, commands on the same connection are answered', async () => {
  faults.hold('set');
  const held = redis.multi().incr('n').set('c', '1').exec();
  await faults.held(1);
  const others = redis.multi().incr('m').exec();
  expect([await redis.get('n'), await others]).toEqual([null, [[null, 1]]]);
  faults.release();
  expect(await held).toEqual([
    [null, 1],
    [null, 'OK'],
  ]);
});

test('held commands wait until they are released, and `held` resolves when there are enough', async () => {
  const arrived: string[] = [];
  const note = (name: string) => () => arrived.push(name);
  faults.hold('set');
  const replies = Promise.all([redis.set('a', '1').then(note('a')), redis.set('b', '2').then(note('b'))]);
  await faults.held(2);
  await redis.get('a');
  expect(arrived).toEqual([]);
  faults.release();
  await replies;
  expect(arrived).toEqual(['a', 'b']);
});

test('a frozen command times out after a second, is reported, and does not reach Redis', async () => {
  faults.freeze();
  const transaction = redis.multi().set('b', '1').exec();
  await Promise.all(
    [transaction, redis.set('a', '1')].map((reply) => expect(reply).rejects.toThrow('Command timed out')),
  );
  faults.thaw();
  expect(await behind.exists('a', 'b')).toBe(0);
  expect(failed).toEqual(['multi', 'set b 1', 'exec', 'set a 1']);
});

test('a command that has not timed out is answered when Redis is thawed', async () => {
  faults.freeze();
  const reply = redis.set('a', '1');
  faults.thaw();
  expect(await reply).toBe('OK');
  expect(failed).toEqual([]);
});

test('mending ends every fault', async () => {
  faults.slow(5000, undefined);
  faults.break('get');
  faults.mend();
  expect(await msOf(redis.get('a'))).toBeLessThan(1000);
});
