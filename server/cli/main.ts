/** The command line: `npm run scenarios -- [slug or file …] [options]`. The only file here that uses the process. */
import { Console } from 'node:console';
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { scenarios } from '../../scenarios/index.ts';
import { exitCodes, FailedOutside, Interrupted, Stopped } from './errors.ts';
import { jsonReporter } from './json.ts';
import { help, type Options, parseOptions } from './options.ts';
import { prettyReporter } from './pretty.ts';
import type { Output, Reporter } from './reporter.ts';
import { list, looksLikeFile, select } from './selection.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';
import { killWhenBlocked } from './watchdog.ts';

const ending = new AbortController();
/** This file has decided to exit. */
let exiting = false;

// The report goes to standard output, and what a scenario prints must not get into it.
globalThis.console = new Console(process.stderr);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const interrupted = new Interrupted(signal, constants.signals[signal]);
    // The second Ctrl-C ends the process without waiting for the cleanup.
    exiting = ending.signal.aborted;
    if (exiting) process.exit(interrupted.exitCode);
    ending.abort(interrupted);
  });
}
process.on('uncaughtException', (error) => ending.abort(new FailedOutside(error)));

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has left, as `| head` does. The run continues, because its exit code still matters.
    if (error.code !== 'EPIPE') throw error;
  });
}

// A scenario file that calls process.exit() would set its own exit code, and 0 means that everything holds.
process.on('exit', () => {
  if (exiting) return;
  process.exitCode = exitCodes.somethingDoesNotHold;
  writeSync(process.stderr.fd, 'The run is incomplete: a scenario file ended the process.\n');
});

// Exits when everything is written, even if a scenario file has left timers or sockets behind.
const exitCode = await main();
exiting = true;
process.stdout.end(() => process.exit(exitCode));

async function main(): Promise<number> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options.instead === 'help') return print(help);
    // npm runs scripts in the project's folder. Paths are relative to the folder in which the command was typed.
    const from = process.env.INIT_CWD ?? process.cwd();
    if (options.wanted.some(looksLikeFile)) killWhenBlocked();
    const selected = await select(options.wanted, scenarios, from);
    if (options.instead === 'list') return print(list(selected, options.reporter));
    const reporter = createReporter(options);
    const traces = options.trace === null ? null : openTraceFolder(resolve(from, options.trace));
    // Not imported above: the lab takes long to load, and --help and --list do not need it.
    const { run } = await import('./run.ts');
    return await run(selected, options, traces ? writingTraces(traces, reporter) : reporter, {
      redisUrl: process.env.REDIS_URL,
      complain,
      signal: ending.signal,
    });
  } catch (error) {
    const stopped = error instanceof Stopped ? error : new FailedOutside(error);
    complain(stopped);
    return stopped.exitCode;
  }
}

function createReporter({ reporter }: Options): Reporter {
  const output: Output = {
    write: (text) => process.stdout.write(text),
    columns: process.stdout.columns || 80,
    // styleText respects the terminal, NO_COLOR and FORCE_COLOR.
    paint: (color, text) => styleText(color, text, { stream: process.stdout }),
  };
  return reporter === 'json' ? jsonReporter(output) : prettyReporter(output);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain({ message, advice }: Stopped): void {
  process.stderr.write(`${[message, ...advice].join('\n')}\n`);
}
