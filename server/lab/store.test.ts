import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../scenarios/engine/durations.ts';
import { faultText } from '../../scenarios/engine/faultText.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { endSandboxes, lessonOf, logIn, openAccount, openSandbox, pause } from '../../testing/lesson.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import type { Sandbox } from './sandbox.ts';

type Act = Parameters<typeof lessonOf>[number];

const needsRealRedis = 'A mock does not crash.';

const withOwnRedis = (...acts: Act[]): Scenario => ({ ...lessonOf(...acts), setup: { ownRedis: [] }, needsRealRedis });

const statuses = ({ trace }: Sandbox) =>
  trace.events.flatMap((event) => (event.type === 'response' ? [event.status] : []));
const faults = ({ trace }: Sandbox) =>
  trace.events.flatMap((event) => (event.type === 'fault' ? [faultText(event.fault)] : []));
const stepErrors = ({ trace }: Sandbox) =>
  trace.events.flatMap((event) => (event.type === 'step-ended' && event.error !== null ? [event.error] : []));

let mock: TestRedis;
let real: TestRedis;

beforeAll(async () => {
  [mock, real] = await Promise.all([openTestRedis('mock'), openTestRedis('real')]);
});
afterEach(endSandboxes);
afterAll(() => Promise.all([mock.close(), real.close()]));

test('the mock refuses a scenario that needs a real Redis, with the reason', async () => {
  const refused = openSandbox(mock.redisSwitch, { scenario: withOwnRedis(logIn) });
  await expect(refused).rejects.toMatchObject({
    code: 'needs-real-redis',
    message: `Scenario "test-lesson" needs a real Redis. ${needsRealRedis}`,
  });
  await expect(refused).rejects.toThrow('Scenario "test-lesson" needs a real Redis. A mock does not crash.');
});

describe('a sandbox with a Redis of its own', () => {
  const open = (...acts: Act[]) => openSandbox(real.redisSwitch, { scenario: withOwnRedis(...acts), store: 'real' });

  test('keeps its keys there and nowhere else, and ends that server when it ends', async () => {
    const sandbox = await open(logIn);
    await sandbox.playTo(1);
    const shared = await real.connect();
    expect(await shared.keys('*')).toEqual([]);
    const password = /REDISCLI_AUTH=(\S+)/.exec(sandbox.redisCli ?? '')![1]!;
    const own = new Redis(`redis://:${password}@${sandbox.trace.header.address}`, { retryStrategy: () => null });
    expect((await own.keys('*')).length).toBeGreaterThan(0);
    const closed = new Promise((resolve) => own.once('end', resolve));
    await sandbox.end('the test is over');
    await closed;
  });

  test('lets time pass there like elsewhere', async () => {
    const sandbox = await open(logIn, pause, openAccount, pause, pause, openAccount);
    await sandbox.playTo(6);
    expect(statuses(sandbox)).toEqual([200, 200, 401]);
    expect(sandbox.now()).toBeGreaterThan(minutes(60));
  });

  test('continues without a restart of the app after Redis has crashed and is started again, empty', async () => {
    const sandbox = await open(
      logIn,
      ({ world }) => world.stopRedis(),
      openAccount,
      ({ world }) => world.startRedis(),
      openAccount,
    );
    await sandbox.playTo(5);
    expect(stepErrors(sandbox)).toEqual([]);
    expect(statuses(sandbox)).toEqual([200, 503, 401]);
    expect(faults(sandbox)).toEqual(['Redis crashes', 'Redis is started again, empty']);
  });

  test('can be ended while that Redis is frozen', async () => {
    const sandbox = await open(logIn, ({ world }) => world.freezeRedis());
    await sandbox.playTo(2);
    await sandbox.end('the test is over');
    expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'ended' });
  });

  test('accepts what another job writes until its memory is full', async () => {
    const refused: number[] = [];
    const fill: Act = async ({ world }) => {
      refused.push(await world.fillRedis(10, 1000), await world.fillRedis(500, 10_000));
    };
    const scenario = { ...withOwnRedis(fill), setup: { ownRedis: ['maxmemory 3mb'] } };
    await (await openSandbox(real.redisSwitch, { scenario, store: 'real' })).playTo(1);
    expect(refused[0]).toBe(0);
    expect(refused[1]).toBeGreaterThan(100);
  });
});

test('without a Redis of its own a sandbox breaks nothing, and the step reports what is missing', async () => {
  const sandbox = await openSandbox(real.redisSwitch, {
    scenario: lessonOf(({ world }) => world.stopRedis()),
    store: 'real',
  });
  await sandbox.playTo(1);
  expect(stepErrors(sandbox)).toEqual([
    'This sandbox has no Redis of its own to break: give the scenario’s setup `ownRedis`.',
  ]);
});
