import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Caller } from './caller.ts';
import { exitCodes, WrongUsage } from './errors.ts';

interface Serving {
  /** How many processes share the sandboxes, besides the first one. */
  workers: number;
  /** What serves them, in a sentence: "the server". */
  what: string;
}

/**
 * Returns what is on the page: the scenarios of this project, and after them those of files.
 *
 * @returns undefined without files: those of this project
 * @throws the reason of the signal, and WrongUsage for a file that holds none, or whose slug is in use, and beside workers
 */
export async function scenariosWith(
  files: readonly string[],
  { workers, what }: Serving,
  { beforeScenarioFile, ...caller }: Caller,
): Promise<Scenario[] | undefined> {
  if (files.length === 0) return undefined;
  if (workers > 0)
    throw new WrongUsage('--workers has the scenarios of Session Sandbox only. Leave it out beside files of your own.');
  beforeScenarioFile({ exitCode: exitCodes.somethingDoesNotHold, sentence: `A scenario file ended ${what}.` });
  const [{ withOwn }, { catalogue }] = await Promise.all([import('./selection.ts'), import('./catalogue.ts')]);
  return await withOwn(files, { ...caller, catalogue });
}
