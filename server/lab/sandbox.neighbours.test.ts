import { createConnection } from 'node:net';
import { getKeyIndexes } from '@ioredis/commands';
import { Redis } from 'ioredis';
import pLimit from 'p-limit';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { hours, minutes } from '../../scenarios/engine/durations.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { endSandboxes, openSandbox } from '../../testing/lesson.ts';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';

let server: TestServer;
let redisSwitch: RedisSwitch;
/** The owner of the Redis server. */
let owner: Redis;

beforeAll(async () => {
  server = await startTestServer();
  redisSwitch = createRedisSwitch({ url: server.url });
  owner = new Redis(server.url);
});
afterEach(endSandboxes);
afterAll(async () => {
  owner.disconnect();
  await redisSwitch.close();
  await server.stop();
});

/**
 * Every key with its content, and its time to live in hours. It runs on meanwhile: a hundred jumps of a minute would change
 * that number, the minute or two that a busy machine takes for the test does not.
 */
async function everything(): Promise<Record<string, [dump: string, hours: number]>> {
  const names = (await owner.keys('*')).sort();
  const entries = names.map(async (name) => {
    const dump = (await owner.dumpBuffer(name))!.toString('base64');
    return [name, [dump, Math.ceil((await owner.pttl(name)) / hours(1))]] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<string, [string, number]>;
}

/** Records the commands of all clients, until the returned function is called. */
async function monitor() {
  const socket = createConnection(server.port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.write('MONITOR\r\n');
  await vi.waitFor(() => expect(text).toMatch(/^\+OK/));
  return async () => {
    await owner.echo('the last command');
    await vi.waitFor(() => expect(text).toContain('the last command'));
    socket.destroy();
    // +1700000000.123456 [0 127.0.0.1:5555] "set" "key" "value"
    return text
      .split('\r\n')
      .slice(1)
      .flatMap((line) => {
        const words = line.replace(/^\+[\d.]+ \[.*?\] /, '').match(/"(?:[^"\\]|\\.)*"/g);
        const [name, ...args] = (words ?? []).map((word) => JSON.parse(word.replace(/\\x../g, '?')) as string);
        return name && name !== 'echo' ? [{ name: name.toLowerCase(), args }] : [];
      });
  };
}

test('the keys of others stay as they are, and every command names only keys of the sandbox', async () => {
  await owner.mset(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`sess:${index}`, `{"userId":${index}}`])),
  );
  await owner.hset('user:1:sessions', 'a', 'theirs');
  await owner.sadd('user:1:revoked', 'theirs');
  await owner.set('sandbox:somebody-else:sess:a', 'theirs', 'EX', 36_000);
  await owner.set('sandbox', 'theirs', 'EX', 36_000);
  const before = await everything();
  const settings = await owner.config('GET', '*');

  const stop = await monitor();
  const play = async (scenario: Scenario, variant: Variant) => {
    const sandbox = await openSandbox(redisSwitch, { scenario, variant, store: 'real' });
    const unsubscribe = sandbox.subscribe(() => {});
    await sandbox.playTo(scenario.steps.length);
    await sandbox.act({ do: 'jump-time', ms: minutes(1) });
    unsubscribe();
    await sandbox.end('played');
  };
  const few = pLimit(4);
  const variants = ['vulnerable', 'protected'] as const;
  await Promise.all(scenarios.flatMap((scenario) => variants.map((variant) => few(() => play(scenario, variant)))));
  const commands = await stop();

  expect(await everything()).toEqual(before);
  expect(await owner.config('GET', '*')).toEqual(settings);

  expect(commands.length).toBeGreaterThan(200);
  const names = new Set(commands.map(({ name }) => name));
  // The apps use EVAL. The keys that it names are checked below, like those of any other command.
  for (const forbidden of ['keys', 'scan', 'flushdb', 'flushall', 'config', 'subscribe', 'psubscribe']) {
    expect(names).not.toContain(forbidden);
  }
  for (const { name, args } of commands) {
    const keys = getKeyIndexes(name, args).map((index) => args[index]);
    if (keys.length === 0) expect(['ping', 'info', 'multi', 'exec']).toContain(name);
    for (const key of keys) expect(key).toMatch(/^sandbox:[0-9a-f]{12}:\w/);
  }
}, 120_000);
