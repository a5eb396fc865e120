import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

const minute = 60_000;

/**
 * Kill this process, with a sentence, when nothing but one piece of code has run in it for so long. Somebody's own scenario can
 * hold `for (;;);`, and then nobody listens to Ctrl+C any more. Not while a debugger is attached, who may stop where they like.
 *
 * @param patienceMs milliseconds; no hash and no request takes that long, and those do not keep anything else from running
 */
export function endWhenStuck(patienceMs = minute): void {
  if (inspector.url() !== undefined) return;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const watchdog = new URL('./watchdog.mjs', import.meta.url);
  new Worker(watchdog, { workerData: { beats, patienceMs }, execArgv: [] }).unref();
  const beat = () => {
    Atomics.add(beats, 0, 1);
    Atomics.notify(beats, 0);
  };
  setInterval(beat, patienceMs / 20).unref();
}
