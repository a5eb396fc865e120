import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { catalogue } from './catalogue.ts';
import { FailedOutside, Stopped } from './errors.ts';
import { jsonReporter } from './json.ts';
import { help, type Options, parseOptions } from './options.ts';
import { prettyReporter } from './pretty.ts';
import type { Output, Reporter } from './reporter.ts';
import { list, looksLikeFile, select } from './selection.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

/** What the command line uses of its process. */
export interface CommandLineProcess {
  stdout: Writable & { columns?: number };
  stderr: Writable;
  /** The folder in which the command was typed: relative paths begin there. */
  folder: string;
  /** REDIS_URL, which only a real Redis needs. */
  redisUrl: string | undefined;
  /** Called before a scenario file is imported: its code may block the process. */
  beforeScenarioFile: () => void;
  /** Aborts with the reason when the process should end. */
  signal: AbortSignal;
}

/**
 * Runs the command with these words, and writes its report and its errors.
 *
 * @returns the exit code
 */
export async function commandLine(words: readonly string[], caller: CommandLineProcess): Promise<number> {
  const { stdout, stderr, folder, redisUrl, signal } = caller;
  const complain = ({ message, advice }: Stopped) => void stderr.write(`${[message, ...advice].join('\n')}\n`);
  const print = (text: string) => {
    stdout.write(text);
    return 0;
  };
  try {
    const options = parseOptions(words);
    if (options.instead === 'help') return print(help);
    if (options.wanted.some(looksLikeFile)) caller.beforeScenarioFile();
    const selected = await select(options.wanted, catalogue, folder);
    if (options.instead === 'list') return print(list(selected, options.reporter));
    const reporter = createReporter(options, stdout);
    const traces = options.trace === null ? null : openTraceFolder(resolve(folder, options.trace));
    const reporting = traces ? writingTraces(traces, reporter) : reporter;
    // Not imported above: the lab takes long to load, and --help and --list do not need it.
    const { run } = await import('./run.ts');
    return await run(selected, options, reporting, { redisUrl, complain, signal });
  } catch (error) {
    const stopped = error instanceof Stopped ? error : new FailedOutside(error);
    complain(stopped);
    return stopped.exitCode;
  }
}

function createReporter({ reporter }: Options, stdout: CommandLineProcess['stdout']): Reporter {
  const output: Output = {
    write: (text) => void stdout.write(text),
    columns: stdout.columns || 80,
    // styleText respects the terminal, NO_COLOR and FORCE_COLOR.
    paint: (color, text) => styleText(color, text, { stream: stdout }),
  };
  return reporter === 'json' ? jsonReporter(output) : prettyReporter(output);
}
