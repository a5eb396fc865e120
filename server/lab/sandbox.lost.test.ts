import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { eventually } from '../../testing/eventually.ts';
import { endSandboxes, lessonOf, logIn, openAccount, openSandbox } from '../../testing/lesson.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { header } from '../../testing/trace.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { createLens } from './lens/lens.ts';
import { createRecorder } from './recorder.ts';
import type { Sandbox } from './sandbox.ts';
import { createClock } from './time/clock.ts';

let server: TestServer;
let redisSwitch: RedisSwitch;

beforeEach(async () => {
  server = await startTestServer();
  redisSwitch = createRedisSwitch({ url: server.url });
});
afterEach(async () => {
  await endSandboxes();
  await redisSwitch.close();
  await server.stop();
});

const open = (scenario: Scenario) => openSandbox(redisSwitch, { scenario, store: 'real' });
const stores = ({ trace }: Sandbox) => trace.events.flatMap((event) => (event.type === 'store' ? [event.status] : []));
const statuses = ({ trace }: Sandbox) =>
  trace.events.flatMap((event) => (event.type === 'response' ? [event.status] : []));

async function msOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

const ways: [what: string, lose: () => unknown, restore: () => unknown][] = [
  [
    'stopped',
    () => server.stop(),
    async () => {
      server = await startTestServer({ port: server.port });
    },
  ],
  ['frozen', () => server.freeze(), () => server.thaw()],
];

describe.each(hasSignals ? ways : ways.slice(0, 1))('when Redis is %s', (what, lose, restore) => {
  test('in the middle of a step, the step ends within two seconds, the trace shows the loss, and everything works afterwards', async () => {
    const sandbox = await open(
      lessonOf(
        logIn,
        async ({ alice }) => {
          await alice.get('/me');
          await lose();
          await alice.get('/me');
          await alice.get('/me');
        },
        logIn,
        openAccount,
      ),
    );
    await sandbox.playTo(1);
    expect(await msOf(sandbox.playTo(2))).toBeLessThan(2000);
    expect(statuses(sandbox)).toEqual([200, 200, 503, 503]);
    await vi.waitFor(() => expect(stores(sandbox)).toEqual(['lost']), { timeout: 1500 });
    expect(read(sandbox.trace).storeLost).toBe('The connection to Redis was lost.');
    const failed = read(sandbox.trace).exchanges.at(-1)!.commands;
    expect(failed).toEqual([expect.objectContaining({ name: 'get', reply: null, error: expect.any(String) })]);

    await restore();
    await vi.waitFor(() => expect(stores(sandbox)).toEqual(['lost', 'back']), { timeout: 3000 });
    expect(read(sandbox.trace).storeLost).toBeNull();
    // A Redis that was stopped has lost all keys, and the trace shows it.
    await eventually(() => {
      const deleted = sandbox.trace.events.filter((event) => event.type === 'key' && event.change === 'deleted');
      expect(deleted).toHaveLength(what === 'stopped' ? 2 : 0);
    });
    await sandbox.playTo(4);
    expect(statuses(sandbox).slice(4)).toEqual([200, 200]);
  });

  test('reading Redis fails the step with a reason, and a jump in time fails and moves nothing', async () => {
    const sandbox = await open(lessonOf(logIn, ({ world }) => world.keys('sess:')));
    await sandbox.playTo(1);
    await lose();
    const [result] = await sandbox.playTo(2);
    expect(result?.error?.message).toMatch(/\w/);
    const before = sandbox.now();
    await expect(sandbox.act({ do: 'jump-time', ms: 600_000 })).rejects.toThrow();
    expect(sandbox.now() - before).toBeLessThan(10_000);
    expect(read(sandbox.trace).jumped).toBe(0);
    await restore();
  });

  test('a sandbox can be ended within two seconds', async () => {
    const sandbox = await open(lessonOf(logIn));
    await sandbox.playTo(1);
    await lose();
    expect(await msOf(sandbox.end('enough'))).toBeLessThan(2000);
    expect(read(sandbox.trace).ended).toBe('enough');
    await restore();
  });
});

test('a user who must not track sees the changes by others all the same, within a second, and why not at once', async () => {
  const owner = new Redis(server.url);
  await owner.call('ACL', 'SETUSER', 'limited', 'on', '>secret', '~*', '&*', '+@all', '-client|tracking');
  const limited = createRedisSwitch({ url: server.url.replace('redis://', 'redis://limited:secret@') });
  const sandbox = await openSandbox(limited, { scenario: lessonOf(logIn), store: 'real' });
  try {
    expect(sandbox.trace.header.untold).toMatch(/^This Redis does not tell which keys change: .*NOPERM/);
    await sandbox.playTo(1);
    const stop = sandbox.subscribe(() => {});
    await owner.del(...(await owner.keys(`${sandbox.trace.header.namespace}sess:*`)));
    await vi.waitFor(() => expect(keysDeletedOutside(sandbox)).toBe(1), { timeout: 2000 });
    stop();
  } finally {
    await sandbox.end('enough');
    await limited.close();
    owner.disconnect();
  }
});

const keysDeletedOutside = ({ trace }: Sandbox) =>
  trace.events.filter((event) => event.type === 'key' && event.change === 'deleted' && event.cause.by === 'outside')
    .length;

test('commands that fail, and the reads that follow them, cause no unhandled rejection', async () => {
  const redis = await redisSwitch.connect('real', { keyPrefix: header.namespace });
  const clock = createClock();
  const recorder = createRecorder(header, clock);
  const lens = createLens(redis, header.namespace, clock, recorder, () => null, await redisSwitch.notices('real'));
  await lens.redis.mset({ a: 1, b: 2 });
  await lens.settled();
  // In flight, and after the connection is lost. An unhandled rejection would fail this test.
  const inFlight = failures(lens.redis);
  await server.stop();
  await inFlight;
  await eventually(() =>
    expect(recorder.trace.events).toContainEqual(expect.objectContaining({ type: 'store', status: 'lost' })),
  );
  expect(await failures(lens.redis)).toEqual([true, true, true]);
  await lens.settled();
  await new Promise(setImmediate);
  redis.disconnect();
});

/** Whether each of them failed. */
function failures(redis: Redis): Promise<boolean[]> {
  const failed = (work: Promise<unknown>) =>
    work.then(
      (replies) => Array.isArray(replies) && replies.every(([error]) => error !== null),
      () => true,
    );
  return Promise.all([
    failed(redis.del(['a', 'b'])),
    failed(redis.multi().set('a', '1').expire('b', 60).exec()),
    failed(redis.pipeline().del('a', 'b').hset('h', 'f', 'v').exec()),
  ]);
}
