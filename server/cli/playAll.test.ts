import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cast } from '../../scenarios/engine/cast.ts';
import { hours } from '../../scenarios/engine/durations.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Pace } from '../../scenarios/engine/trace.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { planOf } from '../../testing/commandLine.ts';
import { people } from '../lab/deployment/people.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { Bailed, Interrupted, WrongUsage } from './errors.ts';
import type { Setting } from './play.ts';
import { playAll } from './playAll.ts';
import type { Plan } from './reporter.ts';

let redis: RedisSwitch;
let users: Setting['users'];

beforeAll(async () => {
  redis = createRedisSwitch({});
  users = await people(4);
});
afterAll(() => redis.close());

const ask = { question: 'Was it played?', answer: () => 'yes', vulnerable: 'no', protected: 'yes' };

function acting(slug: string, act: (cast: Cast) => unknown): Scenario {
  return { ...fixation, slug, steps: [{ title: slug, purpose: '', narration: '', act, ask }] };
}

/** Plays the protected variants and returns what was reported. */
async function played(
  scenarios: Scenario[],
  { pace = 'jump' as Pace, signal = new AbortController().signal, plan: more = {} as Partial<Plan> } = {},
) {
  const reported: string[] = [];
  const plan = planOf(scenarios, { variants: ['protected'], pace, ...more });
  const reporter = {
    started() {},
    played: ({ slug }: Scenario) => void reported.push(slug),
    skipped: ({ slug }: Scenario, reason: string) => void reported.push(`${slug} skipped: ${reason}`),
    finished() {},
  };
  const holds = playAll(plan, { store: 'mock', pace, users, redis, signal }, reporter);
  return { reported, holds: await holds.catch((error: unknown) => error) };
}

test('scenarios are played concurrently and reported in order', async () => {
  let secondPlayed = () => {};
  const whenSecondIsPlayed = new Promise<void>((resolve) => {
    secondPlayed = resolve;
  });
  const scenarios = [acting('first', () => whenSecondIsPlayed), acting('second', () => secondPlayed())];
  expect(await played(scenarios)).toEqual({ reported: ['first', 'second'], holds: true });
});

test('more scenarios than fit at once are all played, and one that fails makes the result false', async () => {
  const slugs = Array.from({ length: 9 }, (_, index) => `number-${index}`);
  const scenarios = slugs.map((slug) =>
    acting(slug, () => {
      if (slug === 'number-6') throw new Error('This one fails.');
    }),
  );
  expect(await played(scenarios)).toEqual({ reported: slugs, holds: false });
});

test('a run without scenarios does not hold', async () => {
  expect(await played([])).toEqual({ reported: [], holds: false });
});

test('when one cannot be played, the others are stopped and nothing more is reported', async () => {
  const waiting = acting('waiting', ({ world }) => world.letPass(hours(1)));
  const impossible = { ...acting('impossible', () => {}), weakness: 'none' };
  const { reported, holds } = await played([waiting, impossible], { pace: 'real' });
  expect(holds).toBeInstanceOf(WrongUsage);
  expect(reported).toEqual([]);
});

test('an interruption stops scenarios that are waiting', async () => {
  const ending = new AbortController();
  const interrupted = new Interrupted('SIGINT', 2);
  const waiting = acting('waiting', ({ world }) => {
    ending.abort(interrupted);
    return world.letPass(hours(1));
  });
  expect(await played([waiting], { pace: 'real', signal: ending.signal })).toEqual({
    reported: [],
    holds: interrupted,
  });
});

test('a scenario that needs a real Redis is skipped on the mock in reading order, and does not count as holding', async () => {
  const needsRealRedis = 'A mock evicts nothing.';
  const real = { ...acting('real', () => {}), needsRealRedis };
  const skipped = `real skipped: It needs real Redis (--redis real). ${needsRealRedis}`;
  expect(await played([real, acting('mock', () => {})])).toEqual({ reported: [skipped, 'mock'], holds: true });
  expect(await played([real])).toEqual({ reported: [skipped], holds: false });
});

const failing = (slug: string) =>
  acting(slug, () => {
    throw new Error('This one fails.');
  });

test('--bail: those that do not hold are reported, and what comes after is not played', async () => {
  let plays = 0;
  const counting = (slug: string) => acting(slug, () => void plays++);
  const scenarios = [counting('one'), failing('two'), counting('three'), failing('four'), counting('five')];
  const { reported, holds } = await played(scenarios, { plan: { bail: 2, workers: 1 } });
  expect(reported).toEqual(['one', 'two', 'three', 'four']);
  expect(holds).toBeInstanceOf(Bailed);
  expect((holds as Bailed).message).toBe('Stopped by --bail: 2 scenarios do not hold, and the rest was not played.');
  expect(plays).toBe(2);
});

test('--bail: one that was played beside the failing one, and is before it, is not lost', async () => {
  let failed = () => {};
  const untilFailed = new Promise<void>((resolve) => {
    failed = resolve;
  });
  const first = acting('first', () => untilFailed);
  const second = acting('second', () => {
    failed();
    throw new Error('This one fails.');
  });
  const { reported } = await played([first, second, failing('third')], { plan: { bail: 1, workers: 2 } });
  expect(reported).toContain('second');
  expect(reported).not.toContain('third');
});

test('--workers: as many at a time, and no more', async () => {
  let [now, most] = [0, 0];
  const scenarios = Array.from({ length: 6 }, (_, index) =>
    acting(`number-${index}`, async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
    }),
  );
  await played(scenarios, { plan: { workers: 2 } });
  expect(most).toBe(2);
});

test('--repeat: a scenario that differs one time does not hold', async () => {
  let plays = 0;
  const flaky = acting('flaky', () => {
    plays += 1;
    if (plays === 3) throw new Error('This time it fails.');
  });
  expect(await played([flaky], { plan: { repeat: 5 } })).toEqual({ reported: ['flaky'], holds: false });
  expect(plays).toBe(5);
  expect(await played([acting('steady', () => {})], { plan: { repeat: 5 } })).toEqual({
    reported: ['steady'],
    holds: true,
  });
});
