/** The workers of a server: they are started, chosen, started again, and ended. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { minutes, seconds } from '../../scenarios/engine/durations.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Elsewhere } from '../api/elsewhere.ts';
import { leaving } from '../api/leaving.ts';
import { hashAtOnce } from '../lab/hashing/pool.ts';
import type { Shares } from '../lab/shares.ts';
import type { OwnSandbox } from '../workshop/ownRuns.ts';
import type { WorkerSettings } from './messages.ts';
import { passOn, tooMany, WorkerGone } from './passOn.ts';
import { startWorker, type WorkerProcess } from './workerProcess.ts';

/** One that ends sooner would only end again. Milliseconds. */
const shortestLife = seconds(10);
/** How long a worker takes to start on a slow machine. Milliseconds. */
const longestStart = seconds(30);
/** How long the system takes at most to tell that a process has died. Milliseconds. */
const deathKnownAfter = seconds(1);
/** A page asks for its sandbox within seconds. Milliseconds. */
const rememberedFor = minutes(15);

/** The answer when a sandbox was opened. */
const created = 201;

interface WorkersSettings extends Omit<WorkerSettings, 'token'> {
  count: number;
  shares: Shares;
  log: (error: unknown) => void;
}

export interface Workers extends Elsewhere {
  /** Of the processes that run at present. */
  readonly pids: readonly number[];
  /** How many sandboxes each of them has or opens. */
  readonly loads: readonly number[];
  /** Ends them and their sandboxes. */
  stop(): Promise<void>;
}

/** Resolves when all of them answer. @throws Error when one does not start */
export async function startWorkers({ count, shares, log, ...settings }: WorkersSettings): Promise<Workers> {
  const workers = new Set<WorkerProcess>();
  hashAtOnce();
  /** When sandboxes were lost with their worker. */
  const lost = new Map<string, number>();
  const stopping = new AbortController();
  let allStarted = false;

  function start(): WorkerProcess {
    const worker = startWorker(settings, shares);
    const started = performance.now();
    workers.add(worker);
    worker.gone.addEventListener('abort', () => {
      workers.delete(worker);
      const now = performance.now();
      for (const [id, since] of lost) if (now - since > rememberedFor) lost.delete(id);
      for (const id of worker.sandboxes) lost.set(id, now);
      if (stopping.signal.aborted || !allStarted) return;
      log(
        new Error(`Worker ${worker.pid} has ended with ${worker.sandboxes.length} sandboxes. Another one is started.`),
      );
      const wait = now - started < shortestLife ? shortestLife : 0;
      sleep(wait, undefined, { signal: stopping.signal }).then(start, () => {});
    });
    return worker;
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await Promise.all([...workers].map((worker) => worker.stop()));
  }

  const first = Array.from({ length: count }, start);
  try {
    await Promise.all(first.map((worker) => within(longestStart, worker)));
    allStarted = true;
  } catch (error) {
    await stop();
    throw error;
  }

  /** Returns the workers that answer, the least loaded first. Waits for one that is being started if there is none. */
  async function choose(signal: AbortSignal): Promise<WorkerProcess[]> {
    const until = performance.now() + longestStart;
    for (;;) {
      const ready = [...workers].filter((worker) => worker.ready.aborted);
      if (ready.length > 0) return ready.sort((one, other) => one.load - other.load);
      signal.throwIfAborted();
      if (performance.now() > until) throw noWorker();
      await sleep(100);
    }
  }

  async function begin(req: Request, res: Response, opened: (sandbox: OwnSandbox) => void): Promise<void> {
    const chosen = await choose(leaving(res));
    for (const [index, worker] of chosen.entries()) {
      const { ticket, over } = worker.expect(opened);
      const mayRefuse = index < chosen.length - 1;
      const status = await passOn(worker, req, res, { ticket, mayRefuse }).catch((error) => {
        throw error instanceof WorkerGone ? noWorker() : error;
      });
      if (status !== created) over();
      // The client may have a sandbox that nobody uses in another worker, and it makes room there.
      if (status !== tooMany || !mayRefuse) return;
    }
  }

  return {
    begin,
    async answer(sandbox, req, res) {
      if (lost.has(sandbox)) throw lostSandbox();
      const worker = [...workers].find((worker) => worker.has(sandbox));
      if (!worker) return false;
      await passOn(worker, req, res).catch(async (error) => {
        if (!(error instanceof WorkerGone)) throw error;
        throw (await endsSoon(worker)) ? lostSandbox() : busyWorker();
      });
      return true;
    },
    get pids() {
      return [...workers].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    },
    get loads() {
      return [...workers].map(({ load }) => load);
    },
    stop,
  };
}

/** Resolves when the worker answers. @throws Error when it ends before, or takes too long */
function within(ms: number, { ready, gone }: WorkerProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`A worker process does not answer within ${ms / 1000} s.`)), ms);
    ready.addEventListener('abort', () => {
      clearTimeout(late);
      resolve();
    });
    gone.addEventListener('abort', () => {
      clearTimeout(late);
      reject(new Error('A worker process ended while it was starting.'));
    });
  });
}

/** A worker that answers nothing may have died a moment ago, or have more connections waiting than the system keeps. */
async function endsSoon({ gone }: WorkerProcess): Promise<boolean> {
  if (!gone.aborted) await Promise.race([once(gone, 'abort'), sleep(deathKnownAfter)]);
  return gone.aborted;
}

const lostSandbox = () =>
  new SandboxError(
    'sandbox-lost',
    'The process of the server that had this sandbox has ended. The page plays its steps again in a fresh one.',
  );

const busyWorker = () =>
  new SandboxError('bad-gateway', 'The process of the server that has this sandbox does not answer. Try again.');

const noWorker = () =>
  new SandboxError('bad-gateway', 'The process of the server that was to open this sandbox has ended. Try again.');
