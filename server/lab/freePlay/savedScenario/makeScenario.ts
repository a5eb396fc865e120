import type { Scenario } from '../../../../scenarios/engine/scenario.ts';
import type { Variant } from '../../../../scenarios/engine/trace.ts';
import type { User } from '../../../app/db.ts';
import type { Sandbox } from '../../sandbox.ts';
import { fileText } from './file.ts';
import { isAsExpected, measure, partsOf, scenarioOf } from './made.ts';

/** Where it is measured. */
export interface Stage {
  open(scenario: Scenario, variant: Variant): Promise<Sandbox>;
  close(sandbox: Sandbox): Promise<unknown>;
}

/**
 * What was played and done by hand in a sandbox, as the file of a scenario that holds when it is played.
 * @param users the shop's people, whose passwords everybody knows
 * @throws CannotBeMade with the reason for the person who asked
 */
export async function makeScenario(
  base: Scenario,
  sandbox: Sandbox,
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
