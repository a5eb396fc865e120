import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cast } from '../../scenarios/engine/cast.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import firstLogin from '../../scenarios/first-login.ts';
import timing from '../../scenarios/user-enumeration-by-timing.ts';
import { planOf } from '../../testing/commandLine.ts';
import { people } from '../lab/deployment/people.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { Interrupted, WrongUsage } from './errors.ts';
import type { Setting } from './play.ts';
import { runHolds } from './reporter.ts';
import { isWorthIt, startSecondThread } from './secondThread.ts';

let redis: RedisSwitch;
let second: ReturnType<typeof startSecondThread>;
let release: () => void;
let busy: Promise<unknown>;

/** What this thread plays with. */
async function settingHere(signal = new AbortController().signal): Promise<Setting> {
  return { store: 'mock', pace: 'jump', users: await people(4), redis, signal };
}

/** Nothing can be played with it in this thread, so what holds was played in the other one. */
async function settingThere(signal?: AbortSignal): Promise<Setting> {
  return { ...(await settingHere(signal)), redis: null as never };
}

const acting = (act: (cast: Cast) => unknown): Scenario => ({
  ...firstLogin,
  slug: 'own',
  steps: [{ title: 'Own', purpose: '', narration: '', act }],
});

/** One run in this thread that does not end: the next one belongs into the other. */
async function start(repair: string | null = null) {
  second = startSecondThread({ repair, bcryptCost: 4 });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await new Promise<void>((playing) => {
    const setting = settingHere();
    const hold = acting(() => {
      playing();
      return held;
    });
    busy = setting.then((found) => second.play(hold, 'protected', found));
  });
}

beforeEach(() => {
  redis = createRedisSwitch({});
});
afterEach(async () => {
  release();
  await busy;
  await second.close();
  await redis.close();
});

test('a scenario of the catalogue is played in the thread that plays fewer, and comes back as it was played', async () => {
  await start();
  const there = await second.play(firstLogin, 'vulnerable', await settingThere());
  const [, here] = await Promise.all([
    second.play(firstLogin, 'protected', await settingThere()),
    second.play(firstLogin, 'vulnerable', await settingHere()),
  ]);
  expect(runHolds(there)).toBe(true);
  expect(there.trace.header.scenario.slug).toBe('first-login');
  expect(there.trace.events.map(({ type }) => type)).toEqual(here.trace.events.map(({ type }) => type));
});

test.each([
  ['a file of the user, whatever its slug', { ...acting(() => {}), slug: 'first-login' }],
  ['a lesson that measures hashes', timing],
])('%s stays in this thread', async (_, scenario) => {
  await start();
  await expect(second.play(scenario, 'protected', await settingThere())).rejects.toThrow(/null/);
});

test('an interruption ends a run in the other thread, with its reason', async () => {
  await start();
  const ending = new AbortController();
  const run = second.play(firstLogin, 'protected', await settingThere(ending.signal));
  const interrupted = new Interrupted('SIGINT', 2);
  ending.abort(interrupted);
  await expect(run).rejects.toBe(interrupted);
});

test('what cannot be played there is said in the same sentence as here', async () => {
  await start('no-such-repair');
  const there = second.play(firstLogin, 'protected', await settingThere());
  const here = settingHere().then((setting) =>
    second.play(firstLogin, 'protected', { ...setting, repair: 'no-such-repair' }),
  );
  const [one, other] = await Promise.all([there, here].map((run) => run.catch((error: unknown) => error)));
  expect(one).toBeInstanceOf(WrongUsage);
  expect(one).toEqual(other);
});

test.each([
  ['many runs', {}, 2, true],
  ['one processor', {}, 1, false],
  ['few runs', { repeat: 19 }, 2, false],
  ['one run at a time', { workers: 1 }, 2, false],
  ['real time', { pace: 'real' as const }, 2, false],
  ['a real Redis', { store: 'real' as const }, 2, false],
  ['real browsers', { browser: 'Chromium 156' }, 2, false],
])('%s', (_, more, processors, expected) => {
  expect(isWorthIt(planOf([firstLogin], { repeat: 20, ...more }), processors)).toBe(expected);
});
