import { createConnection } from 'node:net';
import { getKeyIndexes } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hours } from '../../scenarios/engine/durations.ts';
import { testEveryScenario } from '../../testing/everyScenario.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';

let redis: TestRedis;
let observer: Redis;
/** The owner of the Redis in which the sandboxes are guests. */
let owner: Redis;
let before: { keys: Keys; settings: unknown };
let monitor: Monitor;

beforeAll(async () => {
  redis = await openTestRedis('real');
  [observer, owner] = [await redis.connect(), await redis.connect()];
  await owner.mset(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`sess:${index}`, `{"userId":${index}}`])),
  );
  await owner.hset('user:1:sessions', 'a', 'theirs');
  await owner.sadd('user:1:revoked', 'theirs');
  await owner.set('sandbox:somebody-else:sess:a', 'theirs', 'EX', 36_000);
  await owner.set('sandbox', 'theirs', 'EX', 36_000);
  before = { keys: await everyKey(), settings: await owner.config('GET', '*') };
  monitor = await startMonitor(owner);
});
afterAll(async () => {
  monitor?.stop();
  await redis.close();
});

testEveryScenario('real', () => ({ redis, observer }));

describe('after all of them, in a Redis that others use too,', () => {
  test('the keys of others and the settings are unchanged', async () => {
    expect(await everyKey()).toEqual(before.keys);
    expect(await owner.config('GET', '*')).toEqual(before.settings);
  });

  test('no command named a key outside of the sandboxes, searched the server or changed a setting', async () => {
    const commands = await monitor.commandsOfOthers([owner, observer]);
    expect(commands.length).toBeGreaterThan(200);
    const names = new Set(commands.map(({ name }) => name));
    for (const forbidden of ['keys', 'scan', 'flushdb', 'flushall', 'config', 'subscribe', 'psubscribe']) {
      expect(names).not.toContain(forbidden);
    }
    for (const { name, args } of commands) {
      const keys = getKeyIndexes(name, args).map((index) => args[index]);
      if (keys.length === 0) expect(['ping', 'info', 'multi', 'exec']).toContain(name);
      for (const key of keys) expect(key).toMatch(/^sandbox:[0-9a-f]{12}:\w/);
    }
  });
});

type Keys = Record<string, [dump: string, hours: number]>;

/**
 * Every key with all it holds, and its time to live in whole hours: that goes on while the scenarios are played, which takes a minute
 * or two, and a hundred jumps of a minute would still show.
 */
async function everyKey(): Promise<Keys> {
  const names = (await owner.keys('*')).sort();
  const entries = names.map(async (name): Promise<[string, Keys[string]]> => {
    const dump = (await owner.dumpBuffer(name))!.toString('base64');
    return [name, [dump, Math.ceil((await owner.pttl(name)) / hours(1))]];
  });
  return Object.fromEntries(await Promise.all(entries));
}

interface Command {
  name: string;
  args: string[];
}

interface Monitor {
  /** The commands so far, but for those of these connections. */
  commandsOfOthers(connections: Redis[]): Promise<Command[]>;
  stop(): void;
}

/** Listens to the commands of all clients. */
async function startMonitor(client: Redis): Promise<Monitor> {
  const socket = createConnection(client.options.port!, '127.0.0.1');
  const chunks: string[] = [];
  socket.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  socket.write('MONITOR\r\n');
  await vi.waitFor(() => expect(chunks.join('')).toMatch(/^\+OK/));
  return {
    stop: () => socket.destroy(),
    async commandsOfOthers(connections) {
      const addresses = connections.map(({ stream }) => `127.0.0.1:${stream.localPort}`);
      await client.echo('the last word');
      await vi.waitFor(() => expect(chunks.join('')).toContain('the last word'));
      return chunks
        .join('')
        .split('\r\n')
        .slice(1)
        .flatMap((line): Command[] => {
          // +1700000000.123456 [0 127.0.0.1:5555] "set" "key" "value"
          const [, address, rest] = /^\+[\d.]+ \[\d+ (.*?)\] (.*)/.exec(line) ?? [];
          if (address === undefined || addresses.includes(address)) return [];
          const words = rest!.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
          const [name, ...args] = words.map((word) => JSON.parse(word.replace(/\\x../g, '?')) as string);
          return name === undefined ? [] : [{ name: name.toLowerCase(), args }];
        });
    },
  };
}
