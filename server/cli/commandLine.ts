import { resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Caller } from './caller.ts';
import { catalogue } from './catalogue.ts';
import type { Stopped } from './errors.ts';
import type { Options } from './options.ts';
import type { Output, Reporter } from './reporter.ts';
import { jsonReporter } from './reporters/json.ts';
import { prettyReporter } from './reporters/pretty.ts';
import { list, looksLikeFile, select } from './selection.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

/**
 * Plays or lists what the options select, and writes the report.
 *
 * @returns the exit code
 * @throws Stopped when nothing can be played
 */
export async function commandLine(options: Options, caller: Caller): Promise<number> {
  const { stdout, stderr, folder, environment, signal } = caller;
  if (options.wanted.some(looksLikeFile)) caller.beforeScenarioFile();
  const selected = await select(options.wanted, catalogue, folder);
  if (options.list) {
    stdout.write(list(selected, options.reporter));
    return 0;
  }
  const reporter = createReporter(options, stdout);
  const traces = options.trace === null ? null : openTraceFolder(resolve(folder, options.trace));
  const reporting = traces ? writingTraces(traces, reporter) : reporter;
  const complain = ({ message, advice }: Stopped) => void stderr.write(`${[message, ...advice].join('\n')}\n`);
  // Not imported above: the lab takes long to load, and a list does not need it.
  const { run } = await import('./run.ts');
  return await run(selected, options, reporting, { redisUrl: environment.REDIS_URL, complain, signal });
}

function createReporter({ reporter }: Options, stdout: Caller['stdout']): Reporter {
  const output: Output = {
    write: (text) => void stdout.write(text),
    columns: stdout.columns || 80,
    // styleText respects the terminal, NO_COLOR and FORCE_COLOR.
    paint: (color, text) => styleText(color, text, { stream: stdout }),
  };
  return reporter === 'json' ? jsonReporter(output) : prettyReporter(output);
}
