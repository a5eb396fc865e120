import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as later } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attack, type Gains } from '../testing/attackers.ts';
import { type OneClient, oneClient } from '../testing/oneClient.ts';
import { type RunningServer, startServer } from '../testing/serverProcess.ts';
import { findServer } from './redis/ownServer.ts';

const choice = (scenario: string, more: object = {}) => ({ scenario, variant: 'vulnerable', store: 'mock', ...more });
const hasRedis = findServer(process.env.PATH ?? '') !== null;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Plays a lesson with pauses, as somebody who reads does. Returns how long each step took, in ms. */
async function learn({ send, stare }: OneClient, start: number): Promise<number[]> {
  await later(start);
  const took: number[] = [];
  const timed = async (work: () => Promise<{ status: number }>) => {
    const started = performance.now();
    const { status } = await work();
    took.push(performance.now() - started);
    expect(status).toBeLessThan(300);
  };
  let id = '';
  await timed(async () => {
    const opened = await send('POST', '/api/sandboxes', choice('session-fixation'));
    id = opened.json?.id;
    return opened;
  });
  await stare(`/api/sandboxes/${id}/events`);
  for (let upTo = 1; upTo <= 5; upTo++) {
    await later(1500);
    await timed(() => send('POST', `/api/sandboxes/${id}/steps`, { upTo }));
  }
  await send('DELETE', `/api/sandboxes/${id}`);
  return took;
}

/** Lets thirty learners play, each from an address of its own. Returns how long their steps took, in ms, the longest last. */
async function learnAll(): Promise<number[]> {
  const learners = Array.from({ length: 30 }, (_, index) =>
    learn(oneClient(server.port, `127.0.1.${index + 1}`), index * 200),
  );
  return (await Promise.all(learners)).flat().sort((a, b) => a - b);
}

const described = (took: readonly number[]) => {
  const at = (share: number) => Math.round(took[Math.floor(share * (took.length - 1))]!);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
};

/** Milliseconds. On a machine that has nothing else to do, no step of a lesson takes longer. */
const bar = 1000;

/** A machine whose learners wait so long without any attack has something else to do, so that the bar says nothing about the attack. */
const quiet = 300;

test.skipIf(process.platform !== 'linux').each([
  ['one attacker', ['127.0.0.2']],
  ['an attacker with four addresses', ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']],
])(
  '%s delays no step of thirty learners by a second',
  async (who, addresses) => {
    const before = await learnAll();
    const over = new AbortController();
    const gains: Gains = { redisServers: 0, body: 0 };
    const target = { port: server.port, pid: server.child.pid!, hasRedis };
    const attacking = addresses.map((from) => attack(oneClient(server.port, from), target, gains, over.signal));
    await later(5000);
    const attacked = await learnAll();
    const memory = residentMegabytes(target.pid);
    const instructor = await oneClient(server.port, '127.0.0.1').send(
      ...(['POST', '/api/sandboxes', choice('session-fixation')] as const),
    );
    over.abort();
    await Promise.race([Promise.allSettled(attacking), later(2000)]);
    const { err } = server.written;
    server.child.kill('SIGKILL');
    await server.ended;
    server = await startServer();
    const after = await learnAll();

    const longestAlone = Math.max(before.at(-1)!, after.at(-1)!);
    const processors = availableParallelism();
    console.log(
      `${who}, ${processors} processors. Before: ${described(before)}. Attacked: ${described(attacked)}. After: ${described(after)}. ` +
        `${gains.redisServers} Redis servers, ${Math.round(gains.body / 1000)} kB of a body, ${memory} MB of memory.`,
    );
    expect([instructor.status, err]).toEqual([201, '']);
    expect(gains.body).toBeGreaterThan(0);
    expect(gains.body).toBeLessThan(20_000_000);
    expect(memory).toBeLessThan(1500);
    if (hasRedis) expect(gains.redisServers).toBeGreaterThan(0);
    // The same learners wait for the same machine. What it does besides delays them without an attack, too.
    expect(attacked.at(-1)! - longestAlone).toBeLessThan(bar);
    if (longestAlone < quiet) expect(attacked.at(-1)).toBeLessThan(bar);
  },
  400_000,
);

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
