import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { WrongUsage } from './errors.ts';
import { nearest } from './nearest.ts';
import { loadScenarioFile } from './scenarioFile.ts';

/**
 * The scenarios of these slugs and files, each once; without any, all.
 *
 * @param wanted as typed. What has a slash, ends in .ts or is . or .. is a path.
 * @param folder where relative paths begin
 * @throws WrongUsage for a slug that does not exist, a file that holds no scenario, or two scenarios with one slug
 */
export async function select(
  wanted: readonly string[],
  scenarios: readonly Scenario[],
  folder: string,
): Promise<readonly Scenario[]> {
  if (wanted.length === 0) return scenarios;
  const chosen = new Set<Scenario>();
  for (const word of wanted) {
    chosen.add(looksLikeFile(word) ? await loadScenarioFile(word, folder) : requireScenario(word, scenarios));
  }
  requireDistinct([...chosen]);
  return [...chosen];
}

export const looksLikeFile = (word: string) => /[/\\]|\.ts$|^\.\.?$/.test(word);

function requireScenario(slug: string, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find((scenario) => scenario.slug === slug);
  if (found) return found;
  const slugs = scenarios.map((scenario) => scenario.slug);
  const meant = nearest(slug, slugs);
  throw new WrongUsage(
    `There is no scenario "${slug}".${meant ? ` Did you mean ${meant}?` : ''} The scenarios are ${slugs.join(', ')}.`,
  );
}

/** A report names scenarios by their slugs; two of one name could not be told apart. */
function requireDistinct(chosen: Scenario[]): void {
  const twice = chosen.find(({ slug }, index) => chosen.findIndex((other) => other.slug === slug) < index);
  if (twice) {
    throw new WrongUsage(`Two different scenarios have the slug "${twice.slug}"; play one at a time, or rename one.`);
  }
}
