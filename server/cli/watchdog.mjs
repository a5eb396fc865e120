/**
 * Ends the process when its main thread gives no sign of life: a worker, because then neither a timer of the main thread nor
 * Ctrl+C is heard. Plain JavaScript, so that it starts without a TypeScript loader. See stuck.ts.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { beats, patienceMs } = workerData;
/** Several short silences, because a laptop that was asleep begins with one. */
const silences = 10;

let heard = 0;
for (let silent = 0; silent < silences; ) {
  const waited = Atomics.wait(beats, 0, heard, patienceMs / silences);
  silent = waited === 'timed-out' ? silent + 1 : 0;
  heard = Atomics.load(beats, 0);
}
writeSync(
  2,
  `For ${patienceMs / 1000} seconds nothing else could run: a scenario file is in a loop, or in a call, that does not end. The process is killed.\n`,
);
process.kill(process.pid, 'SIGKILL');
