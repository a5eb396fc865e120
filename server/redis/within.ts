import { setTimeout as sleep } from 'node:timers/promises';

/** Thrown when a time limit runs out. */
export class TimedOut extends Error {
  override name = 'TimedOut';
}

/**
 * Resolves like `promise` if that settles within `ms` milliseconds. Time in which this process was too busy to read an answer,
 * for instance while it loaded modules, does not count.
 *
 * @throws TimedOut otherwise. The promise itself continues, and its later failure is ignored.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const settled = new AbortController();
  try {
    return await Promise.race([promise, timeOut(ms, settled.signal)]);
  } finally {
    settled.abort();
  }
}

/** However long the process is blocked, only one of the sleeps ends too early. */
const sleeps = 10;

async function timeOut(ms: number, signal: AbortSignal): Promise<never> {
  for (let slept = 0; slept < sleeps; slept++) await sleep(Math.max(ms, 0) / sleeps, undefined, { signal });
  throw new TimedOut(`not within ${ms} ms`);
}
