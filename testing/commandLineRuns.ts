/** For tests: runs the command line in the process of the test, or as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioProgram } from '../server/cli/program.ts';
import { testCaller } from './commandLine.ts';

const main = fileURLToPath(new URL('../server/cli/main.ts', import.meta.url));
const project = fileURLToPath(new URL('..', import.meta.url));

export interface RunSettings {
  redisUrl?: string;
  /** The folder in which the command is typed; the one of the project when left out. */
  folder?: string;
  /** A file for standard output, in place of a pipe. Only for a process. */
  output?: string;
  /** Aborts as Ctrl-C does. Not for a process, which gets signals. */
  signal?: AbortSignal;
}

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export type Run = (words: readonly string[], settings?: RunSettings) => Promise<Ended>;

const { signal: never } = new AbortController();

/** Calls the function that the process calls: for everything that does not depend on a process. */
export const runHere: Run = async (words, { redisUrl, folder = project, signal = never } = {}) => {
  const environment = redisUrl === undefined ? {} : { REDIS_URL: redisUrl };
  const { caller, written } = testCaller({ folder, environment, signal });
  const code = await scenarioProgram(words, caller);
  return { code, ...(await written()) };
};

/** Starts a process of its own and waits for its end. */
export const runAsProcess: Run = (words, settings) => startProcess(words, settings).ended;

/** Starts a process as a terminal would, but without the terminal's settings for colors. */
export function startProcess(words: readonly string[], { redisUrl, folder, output }: RunSettings = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, INIT_CWD: ___, REDIS_URL: ____, ...inherited } = process.env;
  const file = output === undefined ? null : openSync(output, 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    cwd: project,
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
    env: {
      ...inherited,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      ...(folder !== undefined && { INIT_CWD: folder }),
    },
  });
  // The process has its own.
  if (file !== null) closeSync(file);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (more: string) => {
      written[name] += more;
    });
  }
  const ended = once(child, 'close').then(([code]): Ended => ({ ...written, code }));
  return { child, written, ended };
}
