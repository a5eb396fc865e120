import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test, vi } from 'vitest';
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

const onCtrlC: [what: string, then: string, provoke: (child: ChildProcess) => unknown] = [
  'on Ctrl-C',
  'await new Promise(() => {})',
  // The terminal sends it to the whole process group.
  (child) => process.kill(-child.pid!, 'SIGINT'),
];

describe('it ends with the process that started it,', () => {
  test.concurrent.each([
    ['when the process is killed', 'await new Promise(() => {})', (child: ChildProcess) => child.kill('SIGKILL')],
    ...(hasSignals ? [onCtrlC] : []),
    ['when the process exits', 'await released; process.exit()', release],
    ['when the process has nothing more to do', 'await released; process.stdin.destroy(); redis.disconnect()', release],
  ])('%s', async (_, then, provoke) => {
    const program = `
      import { once } from 'node:events';
      import { createRedisSwitch } from './server/redis/switch.ts';
      const redisSwitch = createRedisSwitch({ localPort: 1 });
      const redis = await redisSwitch.connect('real', { keyPrefix: 'a:' });
      const released = once(process.stdin, 'data');
      const alive = setInterval(() => {}, 1000);
      void released.then(() => clearInterval(alive));
      console.log(redisSwitch.address('real').split(':')[1]);
      ${then};`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const exited = once(child, 'exit');
    const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
    const port = Number(line);
    expect(await answers(port)).toBe(true);

    provoke(child);
    await exited;
    await vi.waitFor(async () => expect(await answers(port)).toBe(false), { timeout: 3000 });
  });

  test('and leaves no files behind', async () => {
    await expect.poll(() => readdirSync(temporary).filter((name) => name.includes('redis'))).toEqual([]);
  });
});

function release(child: ChildProcess): void {
  child.stdin!.write('go\n');
}

/** Whatever it answers to somebody who has no password. */
const answers = async (port: number) => /^(\+PONG|-NOAUTH)/.test(await replyTo(port, 'PING'));

/** Returns the reply to a line that somebody sends without a password; '' if nobody answers. */
function replyTo(port: number, line: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
    socket.once('data', (reply) => {
      resolve(reply.toString());
      socket.destroy();
    });
    socket.once('error', () => resolve(''));
    socket.once('close', () => resolve(''));
  });
}
