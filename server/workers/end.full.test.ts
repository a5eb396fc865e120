/** What is left of the workers when the first process ends, however it ends. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { oneClient } from '../../testing/oneClient.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let redisServer: TestServer;
let redis: Redis;
let server: ChildProcess;
let workers: number[];

beforeEach(async () => {
  redisServer = await startTestServer();
  redis = new Redis(redisServer.url);
  const words = ['serve', '--host', '127.0.0.1', '--port', '0', '--workers', '2', '--no-open'];
  server = spawn(process.execPath, ['--import', 'tsx', 'server/cli/bin.ts', ...words], {
    cwd: root,
    env: { ...process.env, REDIS_URL: redisServer.url, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a shell gives one to a command: Ctrl-C reaches all of it.
    detached: true,
  });
  const [greeting] = (await once(server.stdout!, 'data')) as [Buffer];
  const port = Number(/:(\d+)/.exec(greeting.toString())![1]);
  workers = childrenOf(server.pid!).filter((pid) => commandOf(pid).includes('server/workers/worker.ts'));
  const answers = await Promise.all(
    ['127.0.0.2', '127.0.0.3'].map((from) =>
      oneClient(port, from).send('POST', '/api/sandboxes', {
        ...{ scenario: 'session-fixation', variant: 'vulnerable', store: 'real', playTo: 3 },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
});
afterEach(async () => {
  server.kill('SIGKILL');
  redis.disconnect();
  await redisServer.stop();
});

const childrenOf = (pid: number) =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)])
    .toString()
    .trim()
    .split(/\s+/)
    .map(Number);
const commandOf = (pid: number) => execFileSync('ps', ['-o', 'args=', '-p', String(pid)]).toString();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const endings: [string, (pid: number) => void][] = [
  ['is killed', (pid) => process.kill(pid, 'SIGKILL')],
  ['is told to end', (pid) => process.kill(pid, 'SIGTERM')],
  ['and all others get a Ctrl-C', (pid) => process.kill(-pid, 'SIGINT')],
  ['and all others are told to end, as by systemd', (pid) => process.kill(-pid, 'SIGTERM')],
  ['loses its terminal', (pid) => process.kill(-pid, 'SIGHUP')],
];

test.skipIf(!hasSignals).each(endings)('no worker and no key is left when the first process %s', async (_how, end) => {
  expect(workers).toHaveLength(2);
  expect(await redis.dbsize()).toBeGreaterThan(0);
  end(server.pid!);
  await eventually(() => expect(workers.filter(isRunning)).toEqual([]));
  expect(await redis.keys('*')).toEqual([]);
  await eventually(() => expect(server.exitCode ?? server.signalCode).not.toBeNull());
});
