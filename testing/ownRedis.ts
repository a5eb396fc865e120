/** For tests: a Redis server that a process of ours starts for itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts a process that starts a Redis server, ends the process, and expects that the server ends with it.
 *
 * @param then what the process does next. `released` resolves when it reads something
 * @param provoke makes it end
 * @param temporary the folder for temporary files
 */
export async function expectToEndWithItsProcess(
  then: string,
  provoke: (child: ChildProcess) => unknown,
  temporary: string,
): Promise<void> {
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
    cwd: root,
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
}

/** Whatever it answers to somebody who has no password. */
export const answers = async (port: number) => /^(\+PONG|-NOAUTH)/.test(await replyTo(port, 'PING'));

/** Returns the reply to a line that somebody sends without a password; '' if nobody answers. */
export function replyTo(port: number, line: string): Promise<string> {
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
