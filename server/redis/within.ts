import { setTimeout as sleep } from 'node:timers/promises';

/** What was waited for did not happen in time. */
export class Late extends Error {
  override name = 'Late';
}

/**
 * What `promise` resolves to, if it does so within `ms` milliseconds.
 *
 * @throws Late otherwise; the promise itself goes on, and its later failure is ignored.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(Math.max(ms, 0), undefined, { signal: timer.signal }).then(() => {
    throw new Late(`not within ${ms} ms`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
