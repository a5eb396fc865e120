/** The command line: `npm run scenarios -- [slug or file …] [options]`. The only file here that knows the process. */
import { Console } from 'node:console';
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { scenarios } from '../../scenarios/index.ts';
import { FailedOutside, Interrupted, Stopped } from './errors.ts';
import { exitCodes } from './exitCodes.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { type Options, parseOptions } from './options.ts';
import type { Output, Reporter } from './reporter.ts';
import { run } from './run.ts';
import { looksLikeFile, select } from './selection.ts';
import { endWhenStuck } from './stuck.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

const ending = new AbortController();
/** Whether it is ours to leave. */
let ended = false;

// What a scenario prints must not get into the report.
globalThis.console = new Console(process.stderr);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const interrupted = new Interrupted(signal, constants.signals[signal]);
    // Pressed twice: they mean it.
    ended = ending.signal.aborted;
    if (ended) process.exit(interrupted.exitCode);
    ending.abort(interrupted);
  });
}
process.on('uncaughtException', (error) => ending.abort(new FailedOutside(error)));

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody reads on, as behind `| head`. The exit code still tells how it ended.
    if (error.code !== 'EPIPE') throw error;
  });
}

// A scenario file that leaves by itself would leave with its own exit code, and 0 says that everything holds.
process.on('exit', () => {
  if (ended) return;
  process.exitCode = exitCodes.somethingDoesNotHold;
  writeSync(process.stderr.fd, 'It ended before everything was played: a scenario file ended the process.\n');
});

// Leave, whatever a scenario file has left running, but not before everything is written.
const exitCode = await main();
ended = true;
process.stdout.end(() => process.exit(exitCode));

async function main(): Promise<number> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options.instead === 'help') return print(help);
    // npm runs scripts in the project's folder; a path is meant from where it was typed.
    const from = process.env.INIT_CWD ?? process.cwd();
    // Ours do end.
    if (options.wanted.some(looksLikeFile)) endWhenStuck();
    const selected = await select(options.wanted, scenarios, from);
    if (options.instead === 'list') return print(list(selected, options.reporter));
    const reporter = await createReporter(options);
    const traces = options.trace === null ? null : openTraceFolder(resolve(from, options.trace));
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

async function createReporter({ reporter }: Options): Promise<Reporter> {
  const output: Output = {
    write: (text) => void process.stdout.write(text),
    columns: process.stdout.columns || 80,
    // Looks at the terminal, NO_COLOR and FORCE_COLOR.
    paint: (colour, text) => styleText(colour, text, { stream: process.stdout }),
  };
  return reporter === 'json'
    ? (await import('./json.ts')).jsonReporter(output)
    : (await import('./pretty.ts')).prettyReporter(output);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain({ message, advice }: Stopped): void {
  process.stderr.write(`${[message, ...advice].join('\n')}\n`);
}
