/** Plays the whole catalogue as the command line does, and counts what it consists of. */
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { scenarios } from '../../scenarios/index.ts';
import { parseOptions } from '../../server/cli/options.ts';
import { run } from '../../server/cli/run.ts';
import { tellParent } from './child.ts';

export interface CatalogueRun {
  holds: boolean;
  runs: number;
  requests: number;
  hashes: number;
  /** Milliseconds of all hashes together, each from its call to its result; some wait for a thread. */
  hashMs: number;
}

const counted: CatalogueRun = { holds: false, runs: 0, requests: 0, hashes: 0, hashMs: 0 };

for (const name of ['hash', 'compare'] as const) {
  const original = bcrypt[name] as (...args: unknown[]) => Promise<unknown>;
  const timed = async (...args: unknown[]) => {
    const started = performance.now();
    try {
      return await original(...args);
    } finally {
      counted.hashes += 1;
      counted.hashMs += performance.now() - started;
    }
  };
  Object.assign(bcrypt, { [name]: timed });
}

const reporter = {
  started: () => {},
  skipped: () => {},
  finished: ({ holds }: { holds: boolean }) => {
    counted.holds = holds;
  },
  played: (_: unknown, runs: readonly { trace: { events: readonly { type: string }[] } }[]) => {
    counted.runs += runs.length;
    for (const { trace } of runs) counted.requests += trace.events.filter(({ type }) => type === 'request').length;
  },
};

const selected = scenarios.map((scenario) => ({ scenario, file: `scenarios/${scenario.slug}.ts` }));
await run(selected, parseOptions(['--bcrypt-cost', '4']), reporter, {
  redisUrl: undefined,
  processors: availableParallelism(),
  onExit: () => () => {},
  complain: ({ message }) => console.error(message),
  signal: new AbortController().signal,
});
tellParent(counted, async () => {});
