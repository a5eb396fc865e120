import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chapters } from '../../scenarios/engine/chapters.ts';
import { asError } from '../../scenarios/engine/errors.ts';
import { type Scenario, scenario } from '../../scenarios/engine/scenario.ts';
import type { Catalogue } from './catalogue.ts';
import { WrongUsage } from './errors.ts';
import { importFile } from './importFile.ts';
import { didYouMean } from './words.ts';

export interface Selected {
  scenario: Scenario;
  /** The absolute path of its file. */
  file: string;
}

interface Among {
  catalogue: Catalogue;
  /** Where relative paths start. */
  folder: string;
  /** Ends the wait for a file that is imported. */
  signal: AbortSignal;
}

/**
 * Returns the scenarios of these slugs, chapters and files, each once; all scenarios when nothing is wanted.
 *
 * @param wanted as typed
 * @throws the reason of the signal, and WrongUsage for a word that names no scenario, a file that holds none, or two scenarios with one slug
 */
export async function select(wanted: readonly string[], among: Among): Promise<Selected[]> {
  if (wanted.length === 0) return (await among.catalogue.all()).map(ours);
  const chosen = new Map<Scenario, Selected>();
  for (const word of wanted) {
    for (const selected of await selectWord(word, among)) chosen.set(selected.scenario, selected);
  }
  requireDistinct([...chosen.keys()]);
  return [...chosen.values()];
}

/**
 * Returns the scenarios of this project, and after them those of files: the order of the chapters stays.
 * @throws the reason of the signal, and WrongUsage for a file that holds none, or whose slug is in use
 */
export async function withOwn(files: readonly string[], { catalogue, folder, signal }: Among): Promise<Scenario[]> {
  const own: Scenario[] = [];
  for (const file of files) own.push(await loadScenarioFile(file, folder, signal));
  const all = [...(await catalogue.all()), ...own];
  requireDistinct(all);
  return all;
}

async function selectWord(word: string, { catalogue, folder, signal }: Among): Promise<Selected[]> {
  if (looksLikeFile(word))
    return [{ scenario: await loadScenarioFile(word, folder, signal), file: resolve(folder, word) }];
  const found = await catalogue.named(word);
  if (found) return [ours(found)];
  const all = await catalogue.all();
  if (!chapters.some((chapter) => chapter === word)) throw unknownWord(word, all);
  return all.filter(({ chapter }) => chapter === word).map(ours);
}

/** The scenarios of this project have their slugs for file names. */
function ours(scenario: Scenario): Selected {
  return {
    scenario,
    file: fileURLToPath(new URL(`../../scenarios/${scenario.slug}${extname(import.meta.url)}`, import.meta.url)),
  };
}

/** A path has a slash, ends as TypeScript or JavaScript does, or is . or .. */
export const looksLikeFile = (word: string) => /[/\\]|\.[cm]?[jt]sx?$|^\.\.?$/.test(word);

function unknownWord(word: string, all: readonly Scenario[]): WrongUsage {
  const slugs = all.map(({ slug }) => slug);
  return new WrongUsage(
    `There is no scenario "${word}".${didYouMean(word, [...slugs, ...chapters])} The scenarios are ${slugs.join(', ')}.`,
  );
}
/** Reports identify scenarios by slug, so two scenarios with one slug cannot be played together. */
function requireDistinct(chosen: Scenario[]): void {
  const twice = chosen.find(({ slug }, index) => chosen.findIndex((other) => other.slug === slug) < index);
  if (twice) {
    throw new WrongUsage(`Two different scenarios have the slug "${twice.slug}". Play one at a time, or rename one.`);
  }
}

async function loadScenarioFile(path: string, folder: string, signal: AbortSignal): Promise<Scenario> {
  const file = resolve(folder, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new WrongUsage(`There is no file ${file}.`);
  if (found.isDirectory()) throw new WrongUsage(`${file} is a folder; name the file of a scenario.`);
  const { default: exported, ...others } = await importAll(path, file, signal);
  if (exported === undefined) {
    throw new WrongUsage(`${path} has no default export; a scenario file says: export default scenario({ … }).`);
  }
  const [name] = Object.entries(others).find(([, other]) => other !== exported && looksLikeScenario(other)) ?? [];
  if (name !== undefined) {
    throw new WrongUsage(
      `${path} exports a second scenario, ${name}, which would not be played: give it a file of its own.`,
    );
  }
  try {
    // An object that was not made with scenario() is checked here for the first time.
    return scenario(exported as Scenario);
  } catch (error) {
    throw new WrongUsage(`The default export of ${path} is not made with scenario({ … }). ${asError(error).message}`);
  }
}

const looksLikeScenario = (value: unknown) =>
  typeof value === 'object' && value !== null && 'slug' in value && 'steps' in value;

async function importAll(path: string, file: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  try {
    return await importFile(file, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new WrongUsage(`${path} cannot be imported. ${asError(error).message}`);
  }
}
