/** `session-sandbox check <recipe>`: loads a recipe, checks its app, and writes the report. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CheckOptions, check } from './check.ts';
import { messageOf, NetworkFailed, NotAllowed, RecipeWrong } from './errors.ts';
import { jsonReporter } from './report/json.ts';
import { prettyReporter } from './report/pretty.ts';
import type { Output, Reporter } from './report/reporter.ts';
import { target } from './target.ts';
import { exitCodeOf } from './verdicts.ts';

export interface CheckCommand
  extends Pick<CheckOptions, 'rate' | 'budget' | 'wait' | 'iOwn' | 'signal' | 'version' | 'redis'> {
  /** The path of the recipe as typed. */
  recipe: string;
  /** The folder in which it was typed. */
  folder: string;
  reporter: 'pretty' | 'json';
  /** The folder for the traces as typed; null for none. */
  trace: string | null;
  /** Imports the recipe. */
  load: (path: string) => Promise<Record<string, unknown>>;
}

/**
 * Runs the command.
 * @returns the exit code: 0 nothing fails, 1 something fails, 2 wrong usage, 3 the recipe or the network
 */
export async function checkCommand(command: CheckCommand, output: Output): Promise<number> {
  const reporter = command.reporter === 'json' ? jsonReporter(output) : prettyReporter(output);
  try {
    return await run(command, reporter);
  } catch (error) {
    command.signal?.throwIfAborted();
    const exitCode = error instanceof NotAllowed ? 2 : 3;
    reporter.failed(failure(error), exitCode);
    return exitCode;
  }
}

async function run(command: CheckCommand, reporter: Reporter): Promise<number> {
  const { recipe, folder, trace, reporter: _, load, ...options } = command;
  const its = await recipeIn(resolve(folder, recipe), recipe, load);
  const traces = trace === null ? null : openFolder(resolve(folder, trace));
  const report = await check(its, {
    ...options,
    started: (plan) => reporter.started({ ...plan, people: its.people.map(({ name }) => name) }),
    found: (findings) => reporter.found(findings, { traces: traces !== null }),
  });
  if (traces !== null) {
    for (const [name, one] of report.traces()) {
      writeFileSync(join(traces, `check-${name}.trace.json`), `${JSON.stringify(one)}\n`);
    }
  }
  reporter.finished(report);
  return exitCodeOf(report);
}

/** @throws NotAllowed when there is no such file, RecipeWrong when it is no recipe */
async function recipeIn(path: string, typed: string, load: CheckCommand['load']) {
  if (!existsSync(path)) throw new NotAllowed(`There is no file ${typed}.`);
  let recipe: Record<string, unknown>;
  try {
    recipe = await load(path);
  } catch (error) {
    throw new RecipeWrong(messageOf(error));
  }
  if (recipe.default === undefined) {
    throw new RecipeWrong('The file has no default export: it must say "export default target({ … })".');
  }
  return target(recipe.default as Parameters<typeof target>[0]);
}

function openFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    throw new NotAllowed(`--trace: the folder ${folder} cannot be written: ${messageOf(error)}.`);
  }
}

/** The sentence that is shown. What nobody has thought of is a mistake of ours, and says so. */
function failure(error: unknown): string {
  if (error instanceof RecipeWrong) return `The recipe: ${error.message}`;
  if (error instanceof NetworkFailed || error instanceof NotAllowed) return error.message;
  return `The check could not go on, and says nothing about the app: ${messageOf(error)}`;
}
