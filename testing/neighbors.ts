/** For tests: the data of other programs in a Redis that sandboxes use too. */
import { createConnection } from 'node:net';
import { getKeyIndexes } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { expect } from 'vitest';
import { hours } from '../scenarios/engine/durations.ts';
import { eventually } from './eventually.ts';

export interface Neighbors {
  /** The keys of the others and all settings are as they were at the beginning. */
  expectUnchanged(): Promise<void>;
  /** The keys of the others are as they were, whatever else there is: for tests that change settings themselves. */
  expectKeysUnchanged(): Promise<void>;
  /**
   * Since the beginning, no command named a key outside of the sandboxes, searched the server or changed a setting. Those of the
   * tests' own connections do not count.
   */
  expectOnlyOwnKeys(...connections: Redis[]): Promise<void>;
  leave(): void;
}

/** Stores data as other programs would, and begins to watch. `owner` is a connection to the same Redis. */
export async function addNeighbors(owner: Redis): Promise<Neighbors> {
  await owner.mset(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`sess:${index}`, `{"userId":${index}}`])),
  );
  await owner.hset('user:1:sessions', 'a', 'theirs');
  await owner.sadd('user:1:revoked', 'theirs');
  await owner.set('sandbox:somebody-else:sess:a', 'theirs', 'EX', 36_000);
  await owner.set('sandbox', 'theirs', 'EX', 36_000);
  const before = { keys: await everyKey(owner), settings: await owner.config('GET', '*') };
  const monitor = await startMonitor(owner);
  return {
    async expectKeysUnchanged() {
      const theirs = Object.entries(await everyKey(owner)).filter(([name]) => !/^sandbox:[0-9a-f]{12}:/.test(name));
      expect(Object.fromEntries(theirs)).toEqual(before.keys);
    },
    async expectUnchanged() {
      expect(await everyKey(owner)).toEqual(before.keys);
      expect(await owner.config('GET', '*')).toEqual(before.settings);
    },
    async expectOnlyOwnKeys(...connections) {
      const commands = await monitor.commandsOfOthers([owner, ...connections]);
      expect(commands.length).toBeGreaterThan(200);
      const names = new Set(commands.map(({ name }) => name));
      for (const forbidden of ['keys', 'scan', 'flushdb', 'flushall', 'config', 'psubscribe']) {
        expect(names).not.toContain(forbidden);
      }
      for (const { name, args } of commands) {
        // The one channel on which Redis tells which keys of ours have changed.
        if (name === 'subscribe') expect(args).toEqual(['__redis__:invalidate']);
        if (name === 'client' && args[0]?.toLowerCase() === 'tracking' && args.length > 2)
          expect(args.at(-1)).toBe('sandbox:');
        const keys = getKeyIndexes(name, args).map((index) => args[index]);
        if (keys.length === 0) expect(['ping', 'info', 'multi', 'exec', 'time', 'client', 'subscribe']).toContain(name);
        for (const key of keys) expect(key).toMatch(/^sandbox:[0-9a-f]{12}:\w/);
      }
    },
    leave: monitor.stop,
  };
}

type Keys = Record<string, [dump: string, hours: number]>;

/**
 * Every key with all it holds, and its time to live in whole hours: that goes on while the scenarios are played, which takes a minute
 * or two, and a hundred jumps of a minute would still show.
 */
async function everyKey(redis: Redis): Promise<Keys> {
  const names = (await redis.keys('*')).sort();
  const entries = names.map(async (name): Promise<[string, Keys[string]]> => {
    const dump = (await redis.dumpBuffer(name))!.toString('base64');
    return [name, [dump, Math.ceil((await redis.pttl(name)) / hours(1))]];
  });
  return Object.fromEntries(await Promise.all(entries));
}

interface Command {
  name: string;
  args: string[];
}

/** Listens to the commands of all clients. */
async function startMonitor(client: Redis) {
  const socket = createConnection(client.options.port!, '127.0.0.1');
  const chunks: string[] = [];
  socket.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  socket.write('MONITOR\r\n');
  await eventually(() => expect(chunks.join('')).toMatch(/^\+OK/));
  return {
    stop: () => void socket.destroy(),
    async commandsOfOthers(connections: Redis[]): Promise<Command[]> {
      const addresses = connections.map(({ stream }) => `127.0.0.1:${stream.localPort}`);
      await client.echo('the last word');
      await eventually(() => expect(chunks.at(-1)).toContain('the last word'));
      const [, ...lines] = chunks.join('').split('\r\n');
      return lines.flatMap((line): Command[] => {
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
