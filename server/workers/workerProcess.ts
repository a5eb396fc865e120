/** One worker process, as the first process sees it. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seconds } from '../../scenarios/engine/durations.ts';
import type { Shares } from '../lab/shares.ts';
import type { OwnSandbox, Place } from '../workshop/ownRuns.ts';
import { createLender } from './lending.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

const isBuilt = import.meta.url.endsWith('.js');
const program = fileURLToPath(new URL(isBuilt ? './worker.js' : './worker.ts', import.meta.url));
/** From source, the loader is found here. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A worker gives a sign of life each second. One that gives none for so many intervals hangs. */
const checkInterval = seconds(5);
const mostMissed = 6;

/** A worker that is told to end deletes the keys of its sandboxes. Then it is killed. Milliseconds. */
const longestEnd = seconds(8);

interface Kept {
  place: Place | null;
  ending: AbortController;
}

export type WorkerProcess = ReturnType<typeof startWorker>;

/** @param shares of all clients, of which the worker takes what its sandboxes need */
export function startWorker(settings: Omit<WorkerSettings, 'token'>, shares: Shares) {
  const token = randomBytes(32).toString('hex');
  const child = fork(program, [], {
    ...(isBuilt ? { execArgv: [] } : { execArgv: ['--import', 'tsx'], cwd: root }),
    // What it prints are errors.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const kept = new Map<string, Kept>();
  /** Requests that are opening sandboxes. */
  const opening = new Map<string, (sandbox: OwnSandbox) => void>();
  const gone = new AbortController();
  const ready = new AbortController();
  setMaxListeners(0, gone.signal);
  let socket = '';
  let missed = 0;

  // A process that has ended meanwhile is told nothing.
  const send = (message: ToWorker) => void child.send(message, () => {});
  const lender = createLender(shares, send);

  function opened(id: string, ticket: string): void {
    const ending = new AbortController();
    const one: Kept = { place: null, ending };
    kept.set(id, one);
    const { signal } = ending;
    const found = opening.get(ticket);
    opening.delete(ticket);
    found?.({
      signal,
      place: () => one.place,
      end: (why) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve(undefined);
          signal.addEventListener('abort', resolve);
          send({ type: 'end', sandbox: id, why });
        }),
    });
  }

  function ended(id: string): void {
    const one = kept.get(id);
    kept.delete(id);
    one?.ending.abort();
  }

  child.on('message', (message: FromWorker) => {
    missed = 0;
    lender.hear(message);
    if (message.type === 'opened') opened(message.sandbox, message.ticket);
    if (message.type === 'ended') ended(message.sandbox);
    if (message.type === 'places')
      for (const [id, place] of message.places) if (kept.has(id)) kept.get(id)!.place = place;
    if (message.type === 'ready') {
      socket = message.socket;
      ready.abort();
    }
  });

  const checking = setInterval(() => {
    missed += 1;
    if (missed > mostMissed) child.kill('SIGKILL');
  }, checkInterval);

  const over = new Promise<void>((resolve) => {
    // `error`: it could not be started.
    for (const event of ['exit', 'error'] as const)
      child.once(event, () => {
        clearInterval(checking);
        lender.end();
        // It could not remove its folder when it was killed.
        if (socket.endsWith('.sock')) rmSync(dirname(socket), { recursive: true, force: true });
        gone.abort();
        for (const id of [...kept.keys()]) ended(id);
        resolve();
      });
  });
  send({ type: 'start', settings: { ...settings, token } });

  return {
    pid: child.pid,
    token,
    get socket() {
      return socket;
    },
    /** Aborts when it answers requests. */
    ready: ready.signal,
    /** Aborts when it has ended. Then it still names the sandboxes that were lost with it. */
    gone: gone.signal,
    has: (sandbox: string) => kept.has(sandbox),
    get sandboxes(): readonly string[] {
      return [...kept.keys()];
    },
    /** How much it has to do: sandboxes, and requests that are opening some. */
    get load() {
      return kept.size + opening.size;
    },
    /** Expects one sandbox, until `over` is called. The request that opens it carries the ticket. */
    expect(found: (sandbox: OwnSandbox) => void): { ticket: string; over(): void } {
      const ticket = randomBytes(8).toString('hex');
      opening.set(ticket, found);
      return { ticket, over: () => void opening.delete(ticket) };
    },
    /** Ends it, and resolves when its process is over. */
    async stop(): Promise<void> {
      const killing = setTimeout(() => child.kill('SIGKILL'), longestEnd);
      if (child.connected) child.disconnect();
      await over;
      clearTimeout(killing);
    },
  };
}
