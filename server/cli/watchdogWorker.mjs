/**
 * Kills the process when its main thread no longer counts up `beats`; see watchdog.ts. A worker, because a blocked main thread
 * runs no timer and handles no signal. Plain JavaScript, so that it starts without a TypeScript loader.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { beats, limitMs } = workerData;
/** The limit is divided, because a laptop that wakes up from sleep starts with one silence. */
const silences = 10;

let heard = 0;
for (let silent = 0; silent < silences; ) {
  const outcome = Atomics.wait(beats, 0, heard, limitMs / silences);
  silent = outcome === 'timed-out' ? silent + 1 : 0;
  heard = Atomics.load(beats, 0);
}
writeSync(
  2,
  `The process was blocked for ${limitMs / 1000} seconds and is killed: a scenario file has an endless loop, or a call that does not return.\n`,
);
process.kill(process.pid, 'SIGKILL');
