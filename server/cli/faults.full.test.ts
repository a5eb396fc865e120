/** Faults of a real Redis against the command line: what failed there says nothing about the app. */
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runAsProcess, startProcess } from '../../testing/commandLineRuns.ts';
import { eventually } from '../../testing/eventually.ts';
import { addNeighbors, type Neighbors } from '../../testing/neighbors.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { openLine } from '../../testing/slowLine.ts';

let redis: TestServer;
let line: Awaited<ReturnType<typeof openLine>>;
let owner: Redis;
let neighbors: Neighbors;

beforeEach(async () => {
  redis = await startTestServer();
  line = await openLine(redis.port);
  owner = new Redis(redis.url, { retryStrategy: () => null });
  owner.on('error', () => {});
  neighbors = await addNeighbors(owner);
});
afterEach(async () => {
  redis.thaw();
  neighbors.leave();
  owner.disconnect();
  line.close();
  await redis.stop();
});

/** Resolves when a session of a sandbox is stored. */
const untilPlaying = () =>
  vi.waitFor(
    async () =>
      expect(await owner.keys('sandbox:*:sess:*')).toContainEqual(expect.stringMatching(/^sandbox:[0-9a-f]{12}:/)),
    { timeout: 30_000, interval: 20 },
  );

const config = (name: string, value: string) => () => owner.config('SET', name, value);
const rule =
  (...rules: string[]) =>
  () =>
    owner.call('ACL', 'SETUSER', 'default', ...rules);

interface Fault {
  start(): unknown;
  said: RegExp;
  /** The other programs' keys are evicted, too, or cannot be looked at. */
  spoilsOthers?: boolean;
}

const faults: Record<string, Fault> = {
  'is killed': {
    start: () => redis.stop(),
    said: /^(Redis|The connection to Redis) was lost during the run/,
    spoilsOthers: true,
  },
  ...(hasSignals && {
    'is frozen': { start: () => redis.freeze(), said: /^(Redis|The connection to Redis) was lost/, spoilsOthers: true },
  }),
  'goes silent': { start: () => line.silence(true), said: /lost during the run|did not answer/ },
  'is full and evicts nothing': { start: config('maxmemory', '1'), said: /is full and evicts nothing/ },
  'evicts keys': {
    async start() {
      await owner.config('SET', 'maxmemory-policy', 'allkeys-random');
      await owner.config('SET', 'maxmemory', '1');
    },
    said: /was deleted during the run, but not by the app|is full/,
    spoilsOthers: true,
  },
  'has become a replica': { start: () => owner.replicaof('127.0.0.1', '1'), said: /read-only replica/ },
  'forbids a command': { start: rule('-set', '-expire'), said: /not allowed|does not allow/ },
  'forbids the keys of sandboxes': {
    start: rule('resetkeys', '~sess:*'),
    said: /not allowed|does not allow/,
    spoilsOthers: true,
  },
};

describe.each(Object.entries(faults))('when Redis %s during a run', (_, { start, said, spoilsOthers }) => {
  test('the exit code is 3 within seconds, and no answer is called wrong', async () => {
    const words = ['idle-timeout', 'rolling-refresh', '--redis', 'real', '--real-time', '--reporter', 'json'];
    const { ended } = startProcess(words, { redisUrl: line.url });
    await untilPlaying();
    await start();
    const started = performance.now();
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(said) });
    expect(performance.now() - started).toBeLessThan(15_000);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ holds: false, error: expect.stringMatching(said) });
    expect(stdout + stderr).not.toMatch(/max retries|enableOfflineQueue/);
    if (!spoilsOthers) await neighbors.expectKeysUnchanged();
  });
});

test('connections that break and are made anew never make an answer wrong', async () => {
  const { ended } = startProcess(['session-fixation', 'idle-timeout', 'rolling-refresh', '--redis', 'real'], {
    redisUrl: line.url,
  });
  await untilPlaying();
  for (let times = 0; times < 5; times++) {
    await owner.client('KILL', 'TYPE', 'NORMAL');
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect([0, 3]).toContain((await ended).code);
  await eventually(async () =>
    expect((await owner.keys('sandbox:*')).filter((name) => /^sandbox:[0-9a-f]{12}:/.test(name))).toEqual([]),
  );
  await neighbors.expectUnchanged();
});

describe('from the beginning:', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['full', config('maxmemory', '1'), /^There is no real Redis: .* is full and evicts nothing/],
    ['a replica', () => owner.replicaof('127.0.0.1', '1'), /^There is no real Redis: .* is a read-only replica/],
    ['without rights', rule('-del'), /^There is no real Redis: .* does not allow its user DEL/],
    ['protected by a password', config('requirepass', 'x'), /^There is no real Redis: .* requires a password/],
  ])('%s: exit code 3 at once', async (_, start, said) => {
    await start();
    const ended = await runAsProcess(['--redis', 'real'], { redisUrl: line.url });
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(said) });
  });

  test('half a second away: everything holds all the same, and it is said', async () => {
    line.slow(250);
    const ended = await runAsProcess(['session-fixation', '--redis', 'real'], { redisUrl: line.url });
    const said = expect.stringMatching(/\nRedis answers slowly: [5-9]\d\d ms for a PING\.\n/);
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: said });
  });
});

test.skipIf(!hasSignals).each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  '%s leaves no key without an end, and nothing of others changed',
  async (signal) => {
    const { child, ended } = startProcess(['idle-timeout', '--redis', 'real', '--real-time'], { redisUrl: redis.url });
    await untilPlaying();
    child.kill(signal);
    if (signal === 'SIGINT') child.kill(signal);
    await ended;
    const names = (await owner.keys('sandbox:*')).filter((name) => /^sandbox:[0-9a-f]{12}:/.test(name));
    for (const name of names) expect(await owner.pttl(name)).toBeGreaterThan(0);
    if (signal === 'SIGTERM') expect(names).toEqual([]);
    for (const name of names) await owner.del(name);
    await neighbors.expectUnchanged();
  },
);

test.skipIf(!hasSignals)('a run that is stopped for a while and continued is not called wrong', async () => {
  const { child, ended } = startProcess(['session-fixation', '--redis', 'real'], { redisUrl: redis.url });
  await vi
    .waitFor(async () => expect(await owner.keys('sandbox:*:*')).toHaveLength(2), { timeout: 30_000, interval: 5 })
    .catch(() => {});
  child.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  child.kill('SIGCONT');
  expect([0, 3]).toContain((await ended).code);
});
