import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandForms, formsOfRealRedis } from '../../../testing/commandForms.ts';
import { openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { findServer } from '../../redis/ownServer.ts';
import { splitLine } from '../freePlay/console.ts';
import { watchedClient } from './client.ts';

/** With characters that mean something in patterns. */
const ns = 'sandbox:[1]?:';

/** What belongs to others, some of it with a name that resembles ours. */
const foreign = { foreign: '1', 'sandbox:1:a': '2', 'sandbox:[1]?': '3', 'sandbox:[1]x:a': '4', 'sess:1': '5' };

const hasServer = findServer(process.env.PATH ?? '') !== null;

/** A client, what empties its database, and the names of the commands that its trace has. */
interface Played {
  redis: Redis;
  empty(): Promise<unknown>;
  reported: string[] | null;
}

/** Replies without an order of their own are compared sorted. */
const unordered = /^(keys|smembers|sinter|sunion|sdiff|spop|srandmember|hrandfield)$/i;

async function play(line: string, { redis, empty, reported }: Played): Promise<unknown[]> {
  await empty();
  reported?.splice(0);
  const outcomes: unknown[] = [];
  const commands = line.split(' ; ').map((text) => splitLine(text)!);
  for (const [name = '', ...args] of commands) {
    try {
      outcomes.push(comparable(name, await redis.call(name, ...args)));
    } catch (error) {
      outcomes.push(`error: ${(error as Error).message}`);
    }
  }
  if (reported) expect(reported, 'in the trace').toEqual(commands.map(([name = '']) => name.toLowerCase()));
  return outcomes;
}

function comparable(name: string, reply: unknown): unknown {
  if (/^pttl$/i.test(name)) return Number(reply) > 0 ? Math.round(Number(reply) / 1000) : reply;
  if (!Array.isArray(reply)) return reply;
  if (/^exec$/i.test(name))
    return reply.map((each) => (each instanceof Error ? `error: ${each.message}` : comparable('keys', each)));
  if (/^scan$/i.test(name)) return [reply[0], [...(reply[1] as string[])].sort()];
  return unordered.test(name) ? [...reply].sort() : reply;
}

describe('every form of a command has the same outcome', () => {
  let mock: TestRedis;
  let real: TestRedis;
  let clients: Record<'plain on the mock' | 'watched on the mock', Played>;
  let onReal: Record<'plain on Redis' | 'watched on Redis', Played>;
  let others: Redis[];

  async function clientsOf(stores: TestRedis, another: TestRedis): Promise<[plain: Played, watched: Played]> {
    const plain = await another.connect();
    const connection = await stores.connect(ns);
    const outside = await stores.connect();
    await outside.mset(foreign);
    others.push(outside);
    const reported: string[] = [];
    const watched = watchedClient(connection, ns, ({ name }, reply) => {
      reported.push(name);
      reply.catch(() => {});
    });
    return [
      { redis: plain, empty: () => plain.flushall(), reported: null },
      { redis: watched, empty: () => watched.flushall(), reported },
    ];
  }

  let stores: TestRedis[];
  beforeAll(async () => {
    others = [];
    mock = await openTestRedis('mock');
    stores = [mock, await openTestRedis('mock')];
    const [plain, watched] = await clientsOf(mock, stores[1]!);
    clients = { 'plain on the mock': plain, 'watched on the mock': watched };
    if (!hasServer) return;
    real = await openTestRedis('real');
    stores.push(real, await openTestRedis('real'));
    const [plainReal, watchedReal] = await clientsOf(real, stores[3]!);
    onReal = { 'plain on Redis': plainReal, 'watched on Redis': watchedReal };
  });
  afterAll(() => Promise.all(stores.map((each) => each.close())));

  test.each(commandForms.map((line) => [line]))('%s', async (line) => {
    const expected = await play(line, clients['plain on the mock']);
    expect(await play(line, clients['watched on the mock']), 'watched on the mock').toEqual(expected);
    if (!hasServer) return;
    expect(await play(line, onReal['plain on Redis']), 'on Redis').toEqual(expected);
    expect(await play(line, onReal['watched on Redis']), 'watched on Redis').toEqual(expected);
  });

  test.skipIf(!hasServer).each(formsOfRealRedis.map((line) => [line]))('%s', async (line) => {
    const expected = await play(line, onReal['plain on Redis']);
    expect(expected.filter((each) => /unknown command|syntax error/.test(String(each)))).toEqual([]);
    expect(await play(line, onReal['watched on Redis'])).toEqual(expected);
  });

  test('but for a command that reaches others, which is refused with a sentence', async () => {
    const { redis } = clients['watched on the mock'];
    const lines = [
      'CONFIG GET *; ACL LIST; SELECT 1; SWAPDB 0 1; MOVE a 1; SHUTDOWN; DEBUG SLEEP 0; REPLICAOF NO ONE; SCRIPT FLUSH; HELLO 3',
      'CLIENT KILL TYPE normal; CLIENT LIST; CLIENT PAUSE 1; MEMORY STATS; FUNCTION FLUSH; PUBSUB NUMPAT; CLUSTER INFO; AUTH x',
      'MIGRATE h 1 a 0 1; COPY a b DB 1; FT.SEARCH a b; JSON.SET a $ 1; GEORADIUS a 1 1 1 km STORE b STORE c; MONITOR; RESET',
    ].join('; ');
    for (const line of lines.split('; ')) {
      const [name = '', ...args] = line.split(' ');
      await expect(redis.call(name, ...args), line).rejects.toThrow(
        /The sandbox does not pass on .*others use the same/,
      );
    }
    expect(await redis.pipeline().set('a', '1').call('CONFIG', 'GET', '*').get('a').exec()).toEqual([
      [null, 'OK'],
      [expect.objectContaining({ message: expect.stringContaining('CONFIG') })],
      [null, '1'],
    ]);
  });

  test.each([
    ["return redis.call('GET', 'foreign')", /uses the key "foreign"/],
    ["return redis.call('GET', ARGV[1])", /uses the key "sess:1"/],
    ["return redis.call('GET', KEYS[1] .. ':x')", null],
    ["return redis.call('FLUSHALL')", /FLUSHALL/],
    ["return redis.call('KEYS', '*')", /KEYS/],
    ["return redis.pcall('SMOVE', KEYS[1], 'foreign', 'x').err", 'ERR The script uses the key "foreign"'],
  ])('a script reaches its own keys only: %s', async (script, outcome) => {
    for (const { redis, empty } of [
      clients['watched on the mock'],
      ...(hasServer ? [onReal['watched on Redis']] : []),
    ]) {
      await empty();
      const reply = redis.eval(script, 1, 'a', 'sess:1');
      if (outcome instanceof RegExp) await expect(reply).rejects.toThrow(outcome);
      else if (outcome === null) expect(await reply).toBeNull();
      else expect(await reply).toContain(outcome);
    }
  });

  test.skipIf(!hasServer)('and Redis was there to compare with (it needs a redis-server on the PATH)', () => {
    expect(Object.keys(onReal)).toHaveLength(2);
  });

  test('and nothing of others was read, changed or deleted', async () => {
    for (const outside of others) {
      await clients['watched on the mock'].empty();
      await onReal?.['watched on Redis'].empty();
      expect((await outside.keys('*')).sort()).toEqual(Object.keys(foreign).sort());
      expect(await outside.mget(Object.keys(foreign))).toEqual(Object.values(foreign));
    }
  });
});
