import { resolve } from 'node:path';
import type { Caller } from './caller.ts';
import { catalogue } from './catalogue.ts';
import { type Stopped, WrongUsage } from './errors.ts';
import { list, listAsJson } from './list.ts';
import { narrow } from './narrow.ts';
import type { Options } from './options.ts';
import type { Reporter } from './reporter.ts';
import { looksLikeFile, type Selected, select } from './selection.ts';
import { showsProgress } from './showsProgress.ts';
import { together } from './together.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

/**
 * Plays or lists what the options select, and writes the report.
 *
 * @returns the exit code
 * @throws Stopped when nothing can be played
 */
export async function commandLine(options: Options, caller: Caller): Promise<number> {
  const { stdout, stderr, environment, signal, onExit, processors } = caller;
  const selected = await selectWith(options, caller);
  if (options.list) {
    stdout.write(listed(selected, options));
    return 0;
  }
  const reporter = await createReporter(options, caller);
  const complain = ({ message, advice }: Stopped) => void stderr.write(`${[message, ...advice].join('\n')}\n`);
  // Not imported above: the lab takes long to load, and a list does not need it.
  const { run } = await import('./run.ts');
  const redisUrl = environment.REDIS_URL;
  return await run(selected, options, reporter, { redisUrl, complain, signal, onExit, processors });
}

/** @throws WrongUsage when nothing is selected */
export async function selectWith(
  options: Options,
  { folder, signal, beforeScenarioFile }: Caller,
): Promise<Selected[]> {
  if (options.wanted.some(looksLikeFile)) beforeScenarioFile();
  const selected = narrow(await select(options.wanted, { catalogue, folder, signal }), options);
  return options.only.length === 0 ? selected : selected.filter(({ file }) => options.only.includes(file));
}

function listed(selected: readonly Selected[], { reporters }: Options): string {
  const scenarios = selected.map(({ scenario }) => scenario);
  const [{ name, file } = { name: 'pretty', file: null }] = reporters;
  if (file !== null || !['pretty', 'json'].includes(name)) {
    throw new WrongUsage('A list is for people or a JSON document on standard output: --reporter pretty or json.');
  }
  return name === 'json' ? listAsJson(scenarios) : list(scenarios);
}

async function createReporter(options: Options, caller: Caller): Promise<Reporter> {
  const { stdout, stderr, folder, environment } = caller;
  // Not imported above: neither help nor a list has a report.
  const { createReporting } = await import('./reporting.ts');
  const reporter = await createReporting(options.reporters, caller);
  const traces = options.trace === null ? null : openTraceFolder(resolve(folder, options.trace));
  const reporting = traces ? writingTraces(traces, reporter) : reporter;
  if (!showsProgress(stderr, environment)) return reporting;
  const { progressReporter } = await import('./progress.ts');
  return together([progressReporter(stderr, stdout.isTTY ? [stderr, stdout] : [stderr]), reporting]);
}
