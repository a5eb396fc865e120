import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, type View } from '../../scenarios/engine/read.ts';
import { type Finding, outcomeOf } from '../../scenarios/engine/repairOutcome.ts';
import type { Decoy } from '../../scenarios/engine/repairs.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { people } from './deployment/people.ts';
import { createSandbox } from './sandbox.ts';

let redis: TestRedis;
/** For what the mock cannot do. */
let realRedis: TestRedis;
beforeAll(async () => {
  [redis, realRedis] = await Promise.all([openTestRedis('mock'), openTestRedis('real')]);
});
afterAll(() => Promise.all([redis.close(), realRedis.close()]));

/** Plays all steps with a repair, or with the fix. */
async function play(scenario: Scenario, repair?: string): Promise<View> {
  const real = scenario.needsRealRedis !== undefined;
  const store = real ? 'real' : 'mock';
  const { redisSwitch } = real ? realRedis : redis;
  const settings = { scenario, variant: 'protected', store, pace: 'jump', redis: redisSwitch } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4), ...(repair && { repair }) });
  try {
    await sandbox.playTo(scenario.steps.length);
  } finally {
    await sandbox.end('played');
  }
  return read(sandbox.trace);
}

const withRepairs = scenarios.filter(({ repairs }) => repairs);

/** Measures time, so nothing else runs meanwhile. */
const measures = ({ steps }: Scenario) => steps.some(({ undisturbed }) => undisturbed);

// What a scenario says about a repair is shown to learners, so it is held to what happens.
describe.concurrent('each repair does what its scenario says:', () => {
  test.each(withRepairs.filter((scenario) => !measures(scenario)))('$slug', async (scenario) => {
    const repairs = scenario.repairs!.decoys.map(({ file }) => file);
    expectAsTold(scenario, await Promise.all([undefined, undefined, ...repairs].map((file) => play(scenario, file))));
  });
});

test.each(withRepairs.filter(measures))('each repair does what $slug says', async (scenario) => {
  const runs: View[] = [];
  for (const file of [undefined, undefined, ...scenario.repairs!.decoys.map(({ file }) => file)]) {
    runs.push(await play(scenario, file));
  }
  expectAsTold(scenario, runs);
});

/** @param runs the fix twice, and each decoy */
function expectAsTold(scenario: Scenario, [fixed, again, ...runs]: View[]): void {
  expect(outcomeOf(again!, fixed!), 'the fix').toMatchObject({ is: 'holds', findings: [] });
  for (const [index, decoy] of scenario.repairs!.decoys.entries()) {
    const run = runs[index]!;
    expect(run.header).toMatchObject({ variant: 'protected', repair: decoy.file });
    const outcome = outcomeOf(run, fixed!, decoy.fails.step - 1);
    expect(outcome.findings, `${decoy.file}: ${outcome.sentences.join(' ')}`).toContainEqual(claimed(decoy));
    expect(outcome.step, decoy.file).toBe(decoy.fails.step - 1);
  }
}

// A learner reads between the steps, and an authenticator app shows a new code every 30 seconds.
test.each([20_000, 45_000])('second-factor-half-way holds when %i ms pass before each step', async (ms) => {
  const scenario = scenarios.find(({ slug }) => slug === 'second-factor-half-way')!;
  const settings = { scenario, variant: 'protected', store: 'mock', pace: 'jump', redis: redis.redisSwitch } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4) });
  try {
    for (const index of scenario.steps.keys()) {
      const [result] = await sandbox.playTo(index + 1);
      expect({ ...result }, `step ${index + 1}`).toMatchObject({ untrue: [], error: null });
      expect(result!.holds, `step ${index + 1}`).not.toBe(false);
      await sandbox.act({ do: 'jump-time', ms });
    }
  } finally {
    await sandbox.end('played');
  }
});

/** The finding that the scenario says a run shows. */
function claimed({ fails: { step, ...seen } }: Decoy): Finding {
  return expect.objectContaining({ step: step - 1, ...seen });
}
