/**
 * A process that holds idle sandboxes, for `npm run bench`: `idleSandboxes.ts <mock|real> <how many>`, with --expose-gc. Each was played to
 * its end, so its trace, its jars and its connection are there as in use.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import sessionFixation from '../../scenarios/session-fixation.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { tellParent } from './child.ts';

export interface IdleSandboxes {
  /** Resident bytes with one sandbox. */
  one: number;
  /** Resident bytes with all of them. */
  many: number;
  /** Milliseconds each took to make, one after the other. */
  makingMs: number[];
}

const [store, many] = process.argv.slice(2) as [StoreKind, string];
const redis = createRedisSwitch({ url: process.env.REDIS_URL });
const sandboxes = createSandboxes();
const users = await people(4);
const makingMs: number[] = [];

async function addSandbox(): Promise<void> {
  const started = performance.now();
  const sandbox = await sandboxes.create({
    scenario: sessionFixation,
    variant: 'vulnerable',
    store,
    pace: 'jump',
    users,
    redis,
  });
  makingMs.push(performance.now() - started);
  await sandbox.playTo(sessionFixation.steps.length);
}

/** After the garbage is gone, and the allocator had a moment to give pages back. */
async function residentBytes(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await sleep(100);
  }
  return process.memoryUsage.rss();
}

await addSandbox();
const one = await residentBytes();
while (sandboxes.size < Number(many)) await addSandbox();
tellParent({ one, many: await residentBytes(), makingMs } satisfies IdleSandboxes, async () => {
  await sandboxes.endAll('Measured.');
  await redis.close();
});
