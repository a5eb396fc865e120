import type { Scenario } from '../../../../scenarios/engine/scenario.ts';
import type { Variant } from '../../../../scenarios/engine/trace.ts';
import type { User } from '../../../app/db.ts';
import { fileText } from './file.ts';
import { isAsExpected, measure, type PlayedSandbox, partsOf, scenarioOf } from './made.ts';

/** Where it is measured. */
export interface Stage {
  open(scenario: Scenario, variant: Variant): Promise<PlayedSandbox>;
  close(sandbox: PlayedSandbox): Promise<unknown>;
}

/**
 * What was played and done by hand in a sandbox, as the file of a scenario that holds when it is played.
 * @param users the shop's people, whose passwords everybody knows
 * @throws SandboxError with the reason for the person who asked
 */
export async function makeScenario(
  base: Scenario,
  sandbox: PlayedSandbox,
  users: readonly User[],
  { open, close }: Stage,
): Promise<{ name: string; text: string }> {
  const parts = await partsOf(sandbox, users);
  const made = scenarioOf(base, parts);
  const answers = await measure(made, open, close);
  const written = parts.map((part, index) => {
    const measured = answers[index] ?? null;
    return 'own' in part && isAsExpected(base.steps[part.own]!, measured, sandbox) ? null : measured;
  });
  return { name: `${made.slug}.ts`, text: fileText(base, made, parts, written) };
}
