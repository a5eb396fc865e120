import { afterEach, describe, expect, test, vi } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { eventually } from '../../testing/eventually.ts';
import { seedUsers } from '../app/db.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import type { SandboxSettings } from './sandbox.ts';
import { createSandboxes, type Sandboxes, spareAfter } from './sandboxes.ts';
import { atThisMachine, createShares, usualRoom } from './shares.ts';

const redis = createRedisSwitch({ localPort: 1, path: '' });
const settings: SandboxSettings = {
  scenario: scenarios[0]!,
  variant: 'vulnerable',
  store: 'mock',
  pace: 'jump',
  users: await seedUsers(4),
  redis,
};

const opened: Sandboxes[] = [];
function open(options: Parameters<typeof createSandboxes>[0]): Sandboxes {
  const sandboxes = createSandboxes(options);
  opened.push(sandboxes);
  return sandboxes;
}
afterEach(async () => {
  for (const sandboxes of opened.splice(0)) await sandboxes.endAll('The test is over.');
});

const atMost = (all: number) => ({
  shares: createShares({ ...usualRoom, sandboxes: { all, each: all, reserve: 0, timesLeft: all } }),
});

const outcome = (creating: Promise<unknown>) =>
  creating.then(
    () => 'created',
    (error) => error.code ?? error,
  );

test('sandboxes that are being created count toward the limit', async () => {
  const sandboxes = open(atMost(2));
  const outcomes = await Promise.all([1, 2, 3].map(() => outcome(sandboxes.create(settings))));
  expect(outcomes).toEqual(['created', 'created', 'too-many']);
});

test('a sandbox that could not be created does not count', async () => {
  const sandboxes = open(atMost(1));
  await expect(sandboxes.create({ ...settings, store: 'real' })).rejects.toThrow('redis-server');
  expect(await outcome(sandboxes.create(settings))).toBe('created');
});

test('an idle sandbox is removed with the reason in its trace; one that is used stays', async () => {
  const sandboxes = open({ idle: 600 });
  const [left, used] = [await sandboxes.create(settings), await sandboxes.create(settings)];
  await vi.waitFor(
    () => {
      expect(sandboxes.find(used.id)).toBe(used);
      expect(sandboxes.size).toBe(1);
    },
    { timeout: 5000, interval: 10 },
  );
  await eventually(() => expect(left.trace.events.at(-1)).toMatchObject({ type: 'ended', why: /while/ }));
});

test('all sandboxes can be ended, each of them once', async () => {
  const sandboxes = open({});
  const created = [await sandboxes.create(settings), await sandboxes.create(settings)];
  await Promise.all([sandboxes.endAll('One.'), sandboxes.endAll('Two.'), sandboxes.end(created[0]!.id, 'Three.')]);
  expect(sandboxes.size).toBe(0);
  for (const { trace } of created) expect(trace.events).toMatchObject([{ type: 'ended', why: 'One.' }]);
});

describe('a client that asks for more than its share', () => {
  const small = { shares: createShares({ ...usualRoom, sandboxes: { all: 6, each: 2, reserve: 2, timesLeft: 2 } }) };
  const share = (client: string) => ({ ...settings, share: small.shares.of(client) });

  test('loses its own sandbox that was unused for the longest, and only if nobody follows it', async () => {
    const sandboxes = open(small);
    const [followed, left] = [await sandboxes.create(share('one')), await sandboxes.create(share('one'))];
    const others = await sandboxes.create(share('two'));
    const stop = sandboxes.hold(followed.id);
    expect(await outcome(sandboxes.create(share('one')))).toBe('too-many');
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 2 * spareAfter);
    expect(await outcome(sandboxes.create(share('one')))).toBe('created');
    expect([followed, left, others].map(({ id }) => sandboxes.find(id) !== undefined)).toEqual([true, false, true]);
    await eventually(() => expect(left.trace.events.at(-1)).toMatchObject({ type: 'ended', why: /in its place/ }));
    stop();
  });

  test('does not keep out another one, and all together not the user at the machine', async () => {
    const sandboxes = open({
      shares: createShares({ ...usualRoom, sandboxes: { all: 6, each: 3, reserve: 2, timesLeft: 4 } }),
    });
    const create = (client: string) => outcome(sandboxes.create({ ...settings, share: sandboxes.shares.of(client) }));
    const asked = ['one', 'one', 'one', 'one', 'two', 'two', atThisMachine, atThisMachine, atThisMachine];
    const outcomes: string[] = [];
    for (const client of asked) outcomes.push(await create(client));
    const [made, refused] = ['created', 'too-many'];
    expect(outcomes).toEqual([made, made, made, refused, made, refused, made, made, refused]);
  });
});
