import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asError } from '../../scenarios/engine/errors.ts';
import { type Scenario, scenario } from '../../scenarios/engine/scenario.ts';
import { WrongUsage } from './errors.ts';

/**
 * Somebody's own scenario.
 *
 * @param path as typed; a relative one begins at `folder`
 * @throws WrongUsage when there is no such file, it cannot be imported, or its default export is not a scenario
 */
export async function loadScenarioFile(path: string, folder: string): Promise<Scenario> {
  const file = resolve(folder, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new WrongUsage(`There is no file ${file}.`);
  if (found.isDirectory()) throw new WrongUsage(`${file} is a folder; name the file of a scenario.`);
  return requireScenario(path, (await importFile(path, file)).default);
}

async function importFile(path: string, file: string): Promise<{ default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new WrongUsage(`${path} cannot be imported. ${asError(error).message}`);
  }
}

function requireScenario(path: string, exported: unknown): Scenario {
  if (exported === undefined) {
    throw new WrongUsage(`${path} has no default export; a scenario file says: export default scenario({ … }).`);
  }
  try {
    // A scenario passes its own check again. What was not made with scenario() is checked here for the first time.
    return scenario(exported as Scenario);
  } catch (error) {
    throw new WrongUsage(`The default export of ${path} is not made with scenario({ … }). ${asError(error).message}`);
  }
}
