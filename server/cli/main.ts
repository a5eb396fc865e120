/** The command line: `npm run scenarios -- [slug or file …] [options]`. The only file here that uses the process. */
import { Console } from 'node:console';
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { commandLine } from './commandLine.ts';
import { FailedOutside, Interrupted } from './errors.ts';
import { exitCodes } from './exitCodes.ts';
import { endWhenStuck } from './stuck.ts';

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
const exitCode = await commandLine(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  // npm runs scripts in the project's folder. Paths are relative to the folder in which the command was typed.
  folder: process.env.INIT_CWD ?? process.cwd(),
  redisUrl: process.env.REDIS_URL,
  beforeScenarioFile: endWhenStuck,
  signal: ending.signal,
});
ended = true;
process.stdout.end(() => process.exit(exitCode));
