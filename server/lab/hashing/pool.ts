import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import type { Bcrypt } from '../../app/services.ts';
import { createSharedTurns, type Waiter } from '../turns.ts';

/** One processor is for everything else, and even on a small machine one slow hash does not hold up all others. */
const mostThreads = Math.min(4, Math.max(2, availableParallelism() - 1));

/**
 * How much the hashes yield to requests, as `nice` counts. Not every system has such priorities for threads. With 10, thirty learners beside
 * an attacker waited longer for their logins, and not less for anything else (server/shares.full.test.ts).
 */
let yieldsToRequests = 4;

/** How many threads wait for work, however long. It takes as long to start one as to compute a hash. */
let kept = 0;

/**
 * From now on, hashes do not yield, and a thread is ready for them. For a process that serves few clients, who wait for their own hashes:
 * on a busy machine, a thread that yields may wait for seconds. Call it before the first hash.
 */
export function hashAtOnce(): void {
  yieldsToRequests = 0;
  kept = 1;
  pool ??= startPool();
}

/** A thread that is not kept ends when it has had nothing to do for so many milliseconds. */
const longestIdle = 5000;

const turns = createSharedTurns('hashes', { atOnce: mostThreads, apart: true });

/** Started by the first hash of the process. */
let pool: Promise<Piscina> | undefined;

async function startPool(): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  return new Piscina({
    filename: new URL('./hashWorker.mjs', import.meta.url).href,
    minThreads: kept,
    maxThreads: mostThreads,
    idleTimeout: longestIdle,
    niceIncrement: yieldsToRequests,
    // The threads need no TypeScript loader.
    execArgv: [],
    // Otherwise a thread that waits for work blocks, and cannot end.
    atomics: 'disabled',
    recordTiming: false,
  });
}

/**
 * Returns what hashes the passwords of one sandbox of a server. All sandboxes of the process share a few threads, and take turns at them.
 * Hashes never wait for the threads in which Node.js reads files, nor do files wait for them.
 *
 * @param signal ends the wait when it aborts: no hash is computed for a sandbox that has ended
 */
export function hashingFor(waiter: Waiter, signal: AbortSignal): Bcrypt {
  const work = <Result>(name: string, task: object): Promise<Result> =>
    turns.run(waiter, signal, async () => {
      pool ??= startPool();
      return (await pool).run(task, { name });
    });
  return {
    hash: (password, cost) => work('hash', { password, cost }),
    compare: (password, hash) => work('compare', { password, hash }),
  };
}
