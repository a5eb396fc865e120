/** For tests: plays the repairs of a scenario. */
import { expect } from 'vitest';
import { read, type View } from '../scenarios/engine/read.ts';
import { type Finding, outcomeOf } from '../scenarios/engine/repairOutcome.ts';
import type { Decoy } from '../scenarios/engine/repairs.ts';
import { type Scenario, storesOf } from '../scenarios/engine/scenario.ts';
import { people } from '../server/lab/deployment/people.ts';
import { createSandbox } from '../server/lab/sandbox.ts';
import type { RedisSwitch } from '../server/redis/switch.ts';

/** Plays all steps of the protected app with a repair, or with the fix, on the first kind of Redis that the scenario can have. */
export async function playRepair(scenario: Scenario, redis: RedisSwitch, repair?: string): Promise<View> {
  const settings = { scenario, variant: 'protected', store: storesOf(scenario)[0]!, pace: 'jump', redis } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4), ...(repair && { repair }) });
  try {
    await sandbox.playTo(scenario.steps.length);
  } finally {
    await sandbox.end('played');
  }
  return read(sandbox.trace);
}

/**
 * Expects that each repair fails at the step that the scenario names, and as it says.
 *
 * @param fixed the same steps played with the fix
 */
export async function expectRepairs(scenario: Scenario, fixed: View, redis: RedisSwitch): Promise<void> {
  for (const decoy of scenario.repairs!.decoys) {
    const run = await playRepair(scenario, redis, decoy.file);
    expect(run.header).toMatchObject({ variant: 'protected', repair: decoy.file });
    const outcome = outcomeOf(run, fixed, decoy.fails.step - 1);
    expect(outcome.findings, `${decoy.file}: ${outcome.sentences.join(' ')}`).toContainEqual(claimed(decoy));
    expect(outcome.step, decoy.file).toBe(decoy.fails.step - 1);
  }
}

/** The finding that the scenario says a run shows. */
function claimed({ fails: { step, ...seen } }: Decoy): Finding {
  return expect.objectContaining({ step: step - 1, ...seen });
}
