import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

const minute = 60_000;

/**
 * Makes a worker kill this process, with a message, when its main thread is blocked for that long. A scenario file may contain
 * `for (;;);`, and then not even Ctrl-C is handled. Does nothing when a debugger is attached, which may pause the process.
 *
 * @param limitMs milliseconds. A hash or a request never takes as long, and does not block the main thread anyway
 */
export function killWhenBlocked(limitMs = minute): void {
  if (inspector.url() !== undefined) return;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new URL('./watchdogWorker.mjs', import.meta.url);
  new Worker(worker, { workerData: { beats, limitMs }, execArgv: [] }).unref();
  const beat = () => {
    Atomics.add(beats, 0, 1);
    Atomics.notify(beats, 0);
  };
  setInterval(beat, limitMs / 20).unref();
}
