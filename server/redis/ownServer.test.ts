import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, expect, test, vi } from 'vitest';
import { answers, expectToEndWithItsProcess, replyTo } from '../../testing/ownRedis.ts';
import { hasSignals } from '../../testing/redisServer.ts';
import { freePort, guard } from './guard.ts';
import { findServer, startOwnServer } from './ownServer.ts';
import { createRedisSwitch } from './switch.ts';

const binary = findServer(process.env.PATH ?? '')!;
const temporary = mkdtempSync(join(tmpdir(), 'session-sandbox-test-'));
afterAll(() => rmSync(temporary, { recursive: true }));

test('it listens on 127.0.0.1 only and keeps nothing on disk; its other settings are the defaults of Redis', async () => {
  const server = await startOwnServer(binary);
  const client = new Redis(server.port, '127.0.0.1', { password: server.password! });
  const setting = async (name: string) => ((await client.config('GET', name)) as string[])[1];
  expect(await setting('bind')).toBe('127.0.0.1');
  expect(await setting('save')).toBe('');
  expect(await setting('appendonly')).toBe('no');
  expect(await setting('notify-keyspace-events')).toBe('');
  client.disconnect();
  await server.end();
});

test('only who knows its password can use it, and no process has the password among its arguments', async () => {
  const server = await startOwnServer(binary);
  for (const line of ['CONFIG SET maxmemory 1', 'SAVE', 'EVAL "return 1" 0', 'KEYS *']) {
    expect(await replyTo(server.port, line)).toMatch(/^-NOAUTH/);
  }
  if (process.platform === 'linux') {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    for (const pid of processes) expect(argumentsOf(pid)).not.toContain(server.password);
  }
  await server.end();
});

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('a port that another program uses is not taken', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const taken = (holder.address() as { port: number }).port;
  const server = await startOwnServer(binary, taken);
  expect(server.port).not.toBe(taken);
  expect(await answers(server.port)).toBe(true);
  await server.end();
  holder.close();
});

test('a port on which another Redis answers is not taken', async () => {
  const other = await startOwnServer(binary);
  const server = await startOwnServer(binary, other.port);
  expect(server.port).not.toBe(other.port);
  await Promise.all([server.end(), other.end()]);
});

test('a program that is not Redis is reported with its last output', async () => {
  await expect(startOwnServer(process.execPath)).rejects.toThrow(/does not start: exit code/);
});

test('it has ended when end() resolves', async () => {
  const server = await startOwnServer(binary);
  await server.end();
  expect(await answers(server.port)).toBe(false);
  expect(await server.ended).toBe('we ended it');
});

test('it has also ended when end() was called before its guardian was ready', async () => {
  const server = guard(binary, await freePort());
  await server.end();
  expect(await answers(server.port)).toBe(false);
});

/** A program that ends when something listens at the port. */
const connectingTo = (port: number) => `
  const connect = () => {
    const socket = require('node:net').connect(${port}, '127.0.0.1');
    socket.on('connect', () => process.exit()).on('error', () => setTimeout(connect, 20));
  };
  connect();`;

test.skipIf(!hasSignals)(
  'it is frozen, too, when it answers before its guardian has said which process it is',
  async () => {
    const server = guard(binary, await freePort());
    // This process stands still until it listens, so no message of the guardian is read.
    spawnSync(process.execPath, ['--eval', connectingTo(server.port)], { timeout: 20_000 });
    await server.freeze();
    const answer = answers(server.port);
    expect(await Promise.race([answer, sleep(200, 'none yet')])).toBe('none yet');
    server.thaw();
    expect(await answer).toBe(true);
    await server.end();
  },
);

test('when it ends by itself, it is started again where it was, empty: open sandboxes find it, and new ones, too', async () => {
  const redisSwitch = createRedisSwitch({ localPort: 1, path: process.env.PATH });
  const redis = await redisSwitch.connect('real', { keyPrefix: 'a:' });
  await redis.set('key', 'x');
  const address = redisSwitch.address('real');
  // What ends at once is not started again and again.
  await sleep(1100);
  const closed = new Promise((resolve) => redis.once('close', resolve));
  await redis.call('SHUTDOWN', 'NOSAVE').catch(() => {});
  await closed;
  await expect.poll(() => redis.get('key').catch(() => 'lost'), { timeout: 5000 }).toBeNull();
  const other = await redisSwitch.connect('real', { keyPrefix: 'b:' });
  expect(await other.set('key', 'x')).toBe('OK');
  expect(redisSwitch.address('real')).toBe(address);
  expect(await redisSwitch.status()).toMatchObject({ available: true, source: 'started', address });
  await redisSwitch.close();
});

test.skipIf(!hasSignals)('when its guardian is killed, it ends too, and leaves no files behind', async () => {
  vi.stubEnv('TMPDIR', temporary);
  const before = await childrenOf(process.pid);
  const server = await startOwnServer(binary);
  const [guardian] = (await childrenOf(process.pid)).filter((pid) => !before.includes(pid));
  process.kill(guardian!, 'SIGKILL');
  expect(await server.ended).toBe('its guardian process was killed');
  expect(await answers(server.port)).toBe(false);
  expect(readdirSync(temporary).filter((name) => name.includes('redis'))).toEqual([]);
});

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return processes.filter(([, ppid]) => ppid === parent).map(([pid]) => pid!);
}

// In other ways: ownServer.full.test.ts.
test('it ends with the process that started it, when that is killed, and leaves no files behind', async () => {
  await expectToEndWithItsProcess('await new Promise(() => {})', (child) => child.kill('SIGKILL'), temporary);
  await expect.poll(() => readdirSync(temporary).filter((name) => name.includes('redis'))).toEqual([]);
});
