/** A command line as a process. The only file here that uses the process. */
import { spawn } from 'node:child_process';
import { Console } from 'node:console';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import type { Caller } from './caller.ts';
import { exitCodes, FailedOutside, Interrupted } from './errors.ts';
import { exitedAt } from './exitedAt.ts';
import { openBrowser } from './openBrowser.ts';
import { killWhenBlocked } from './watchdog.ts';
import { reportTo, whyNotWritten } from './writing.ts';

/**
 * Runs a command line with the words of the process, and exits with its exit code.
 *
 * @param folder where relative paths begin
 */
export async function runAsProcess(
  commandLine: (words: readonly string[], caller: Caller) => Promise<number>,
  folder: string,
): Promise<never> {
  const ending = new AbortController();
  /** This file has decided to exit. */
  let exiting = false;
  const atExit = new Set<(why: string) => void>();

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const interrupted = new Interrupted(signal, constants.signals[signal]);
      // The second Ctrl-C ends the process without waiting for the cleanup.
      exiting = ending.signal.aborted;
      if (exiting) {
        for (const work of atExit) work(interrupted.message);
        process.exit(interrupted.exitCode);
      }
      ending.abort(interrupted);
    });
  }
  process.on('uncaughtException', (error) => {
    // An error in what is left to do at the exit would otherwise keep the process alive.
    if (exiting) process.exit();
    ending.abort(new FailedOutside(error));
  });

  const report = reportTo(process.stdout);
  // The report goes to standard output, and what a scenario prints must not get into it, however it prints.
  Object.defineProperty(process, 'stdout', { value: process.stderr, configurable: true, enumerable: true });
  globalThis.console = new Console(process.stderr);
  // Nobody can be told.
  process.stderr.on('error', () => {});

  let ifItExits = {
    exitCode: exitCodes.somethingDoesNotHold as number,
    sentence: 'The run is incomplete: a scenario file ended the process.',
  };
  // A file of the user that calls process.exit() would set its own exit code, and 0 means that everything holds.
  process.on('exit', () => {
    if (exiting) return;
    const { exitCode, sentence } = ifItExits;
    const place = exitedAt(new Error().stack ?? '', folder);
    const hint =
      process.exitCode === unsettledAwait
        ? ' It has an await at its top level that never ends.'
        : place === null
          ? ''
          : ` It did so at ${place}.`;
    const why = `${sentence}${hint}`;
    process.exitCode = exitCode;
    for (const work of atExit) work(why);
    writeSync(process.stderr.fd, `${why}\n`);
  });

  // Exits when everything is written, even if a scenario file has left timers or sockets behind.
  const exitCode = await commandLine(process.argv.slice(2), {
    stdout: report.stream,
    stderr: process.stderr,
    folder,
    environment: process.env,
    processors: availableParallelism(),
    beforeScenarioFile(meaning = ifItExits) {
      ifItExits = meaning;
      killWhenBlocked();
    },
    onExit(work) {
      atExit.add(work);
      return () => void atExit.delete(work);
    },
    openBrowser,
    startAgain,
    signal: ending.signal,
  });
  const lost = await report.finished();
  exiting = true;
  // A reader that closes a pipe early, as `| head` does, knows that it has not read everything.
  if (lost && lost.code !== 'EPIPE') process.stderr.write(`The report cannot be written: ${whyNotWritten(lost)}.\n`);
  process.exit(lost && exitCode === exitCodes.everythingHolds ? exitCodes.infrastructureFailed : exitCode);
}

/** Node's exit code when nothing is left to do, and a module still waits at its top level. */
const unsettledAwait = 13;

/** A new process, because a module that was imported once stays as it is. It has the terminal, and gets its Ctrl-C, too. */
async function startAgain(change: (words: readonly string[]) => string[]): Promise<number> {
  const words = change(process.argv.slice(2));
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? exitCodes.somethingDoesNotHold;
}
