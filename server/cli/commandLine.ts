import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { scenarios } from '../../scenarios/index.ts';
import { FailedOutside, Stopped } from './errors.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { type Options, parseOptions } from './options.ts';
import type { Output, Reporter } from './reporter.ts';
import { run } from './run.ts';
import { looksLikeFile, select } from './selection.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

/** What the command line uses of its process. */
export interface Surroundings {
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
 * Does what the words of the command ask for, and writes the report and the errors.
 *
 * @returns the exit code
 */
export async function commandLine(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, folder, redisUrl, signal } = surroundings;
  const complain = ({ message, advice }: Stopped) => void stderr.write(`${[message, ...advice].join('\n')}\n`);
  const print = (text: string) => {
    stdout.write(text);
    return 0;
  };
  try {
    const options = parseOptions(words);
    if (options.instead === 'help') return print(help);
    if (options.wanted.some(looksLikeFile)) surroundings.beforeScenarioFile();
    const selected = await select(options.wanted, scenarios, folder);
    if (options.instead === 'list') return print(list(selected, options.reporter));
    const reporter = await createReporter(options, stdout);
    const traces = options.trace === null ? null : openTraceFolder(resolve(folder, options.trace));
    const reporting = traces ? writingTraces(traces, reporter) : reporter;
    return await run(selected, options, reporting, { redisUrl, complain, signal });
  } catch (error) {
    const stopped = error instanceof Stopped ? error : new FailedOutside(error);
    complain(stopped);
    return stopped.exitCode;
  }
}

async function createReporter({ reporter }: Options, stdout: Surroundings['stdout']): Promise<Reporter> {
  const output: Output = {
    write: (text) => void stdout.write(text),
    columns: stdout.columns || 80,
    // styleText respects the terminal, NO_COLOR and FORCE_COLOR.
    paint: (color, text) => styleText(color, text, { stream: stdout }),
  };
  return reporter === 'json'
    ? (await import('./json.ts')).jsonReporter(output)
    : (await import('./pretty.ts')).prettyReporter(output);
}
