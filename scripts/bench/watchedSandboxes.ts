/**
 * A process whose sandboxes all have a viewer, for `npm run bench`: `watchedSandboxes.ts <how many>`, on the Redis at REDIS_URL.
 * Nothing happens in them while the cost of watching is measured.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import idleTimeout from '../../scenarios/idle-timeout.ts';
import { people } from '../../server/lab/deployment/people.ts';
import type { Sandbox } from '../../server/lab/sandbox.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createShares, usualRoom } from '../../server/lab/shares.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { tellParent } from './child.ts';

export interface WatchedSandboxes {
  /** The share of one processor, from 0 to 1. */
  processor: number;
  /** That Redis executed, those of this measurement left out. */
  commandsPerSecond: number;
  /** Resident bytes. */
  memory: number;
  /** Milliseconds from a change by somebody else to its event. */
  delays: number[];
  /** Milliseconds of processor time that a play took before there were others. */
  alone: number[];
  /** The same beside all of them. */
  beside: number[];
}

const many = Number(process.argv[2]);
const measured = 5000;
const redis = createRedisSwitch({ url: process.env.REDIS_URL });
const room = { all: many + 1, each: many + 1, reserve: 0, timesLeft: many + 1 };
const sandboxes = createSandboxes({ shares: createShares({ ...usualRoom, sandboxes: room }) });
const users = await people(4);

async function addSandbox(): Promise<Sandbox> {
  const sandbox = await sandboxes.create({
    scenario: idleTimeout,
    variant: 'protected',
    store: 'real',
    pace: 'jump',
    users,
    redis,
  });
  sandbox.subscribe(() => {});
  return sandbox;
}

/** Plays a whole scenario in a sandbox of its own. Returns the processor time in milliseconds: others use the machine, too. */
async function play(): Promise<number> {
  const before = process.cpuUsage();
  const sandbox = await addSandbox();
  await sandbox.playTo(idleTimeout.steps.length);
  await sandboxes.end(sandbox.id, 'Measured.');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function plays(): Promise<number[]> {
  const took: number[] = [];
  for (let count = 0; count < 20; count++) took.push(await play());
  return took;
}

// The first plays also compile the code.
await plays();
const alone = await plays();

const watched: Sandbox[] = [];
while (watched.length < many) {
  const sandbox = await addSandbox();
  await sandbox.playTo(1);
  watched.push(sandbox);
}
await sleep(1000);

const outside = await redis.connect('real', { keyPrefix: '' });
const executed = async () => Number(/total_commands_processed:(\d+)/.exec(await outside.info('stats'))?.[1]);
const [commandsBefore, before, started] = [await executed(), process.cpuUsage(), performance.now()];
await sleep(measured);
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
const commands = (await executed()) - commandsBefore - 1;

const delays: number[] = [];
for (let count = 0; count < 200; count++) {
  const sandbox = watched[(count * 7) % many]!;
  const record = sandbox.trace.events.find(({ type, sid }: { type: string; sid?: unknown }) => type === 'key' && sid);
  if (record?.type !== 'key') throw new Error('The login stored no record.');
  let stop = () => {};
  const heard = new Promise<void>((resolve) => {
    stop = sandbox.subscribe((event) => event.type === 'key' && event.key === record.key && resolve());
  });
  const issued = performance.now();
  await outside.pexpire(record.key, 600_000 + count * 1000);
  await heard;
  delays.push(performance.now() - issued);
  stop();
}

tellParent(
  {
    processor: (user + system) / 1e6 / seconds,
    commandsPerSecond: commands / seconds,
    memory: process.memoryUsage.rss(),
    delays,
    alone,
    beside: await plays(),
  } satisfies WatchedSandboxes,
  async () => {
    await sandboxes.endAll('Measured.');
    outside.disconnect();
    await redis.close();
  },
);
