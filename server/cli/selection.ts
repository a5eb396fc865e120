import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { asError } from '../../scenarios/engine/errors.ts';
import { printable } from '../../scenarios/engine/markdown.ts';
import { type Scenario, scenario } from '../../scenarios/engine/scenario.ts';
import type { Catalogue } from './catalogue.ts';
import { WrongUsage } from './errors.ts';
import { importFile } from './importFile.ts';
import type { ReporterName } from './settings.ts';
import { didYouMean } from './text.ts';

/**
 * Returns the scenarios of these slugs and files, each once; all scenarios when nothing is wanted.
 *
 * @param wanted as typed: slugs, or paths of scenario files
 * @param folder the folder at which relative paths start
 * @throws WrongUsage for a slug that does not exist, a file that holds no scenario, or two scenarios with one slug
 */
export async function select(
  wanted: readonly string[],
  catalogue: Catalogue,
  folder: string,
): Promise<readonly Scenario[]> {
  if (wanted.length === 0) return catalogue.all();
  const chosen = new Set<Scenario>();
  for (const word of wanted) {
    chosen.add(looksLikeFile(word) ? await loadScenarioFile(word, folder) : await requireScenario(word, catalogue));
  }
  requireDistinct([...chosen]);
  return [...chosen];
}

/** A path has a slash, ends in .ts, or is . or .. */
export const looksLikeFile = (word: string) => /[/\\]|\.ts$|^\.\.?$/.test(word);

/** Returns the list of the scenarios in reading order, for people or as JSON. */
export function list(scenarios: readonly Scenario[], reporter: ReporterName): string {
  if (reporter === 'json') {
    const outlines = scenarios.map(({ slug, chapter, title, subtitle, question }) => ({
      slug,
      chapter,
      title,
      subtitle,
      question,
    }));
    return `${JSON.stringify(outlines, null, 2)}\n`;
  }
  const longest = Math.max(...scenarios.map(({ slug }) => slug.length));
  return scenarios.map((scenario) => `${scenario.slug.padEnd(longest)}  ${printable(fullTitle(scenario))}\n`).join('');
}

const fullTitle = ({ title, subtitle }: Scenario) => (subtitle === undefined ? title : `${title}: ${subtitle}`);

async function requireScenario(slug: string, catalogue: Catalogue): Promise<Scenario> {
  const found = await catalogue.named(slug);
  if (found) return found;
  const slugs = (await catalogue.all()).map((scenario) => scenario.slug);
  throw new WrongUsage(
    `There is no scenario "${slug}".${didYouMean(slug, slugs)} The scenarios are ${slugs.join(', ')}.`,
  );
}

/** Reports identify scenarios by slug, so two scenarios with one slug cannot be played together. */
function requireDistinct(chosen: Scenario[]): void {
  const twice = chosen.find(({ slug }, index) => chosen.findIndex((other) => other.slug === slug) < index);
  if (twice) {
    throw new WrongUsage(`Two different scenarios have the slug "${twice.slug}". Play one at a time, or rename one.`);
  }
}

async function loadScenarioFile(path: string, folder: string): Promise<Scenario> {
  const file = resolve(folder, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new WrongUsage(`There is no file ${file}.`);
  if (found.isDirectory()) throw new WrongUsage(`${file} is a folder; name the file of a scenario.`);
  const exported = await importDefault(path, file);
  if (exported === undefined) {
    throw new WrongUsage(`${path} has no default export; a scenario file says: export default scenario({ … }).`);
  }
  try {
    // An object that was not made with scenario() is checked here for the first time.
    return scenario(exported as Scenario);
  } catch (error) {
    throw new WrongUsage(`The default export of ${path} is not made with scenario({ … }). ${asError(error).message}`);
  }
}

async function importDefault(path: string, file: string): Promise<unknown> {
  try {
    return (await importFile(file)).default;
  } catch (error) {
    throw new WrongUsage(`${path} cannot be imported. ${asError(error).message}`);
  }
}
