import { spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A redis-server that ends with this process, however this process ends. */
export interface GuardedServer {
  readonly port: number;
  /** Without it the server answers nothing, so that no other user of this machine can use it. */
  readonly password: string | null;
  /** Appears in `config_file` of this server's INFO, and of no other's. */
  readonly name: string;
  /** Resolves when the server has ended and its files are removed, with a description of how it ended. */
  readonly ended: Promise<string>;
  /** Passes on the process id that the server itself reports, because the binary may have been only its launcher. */
  setPid(serverPid: number): void;
  /**
   * Stops the process and resolves when it no longer answers. It still accepts connections (the operating system does).
   *
   * @throws Error on Windows, which cannot stop a process
   */
  freeze(): Promise<void>;
  /** Lets a frozen server continue. */
  thaw(): void;
  /** Ends the server as a crash would; resolves when it has ended. A frozen server is ended, too. */
  end(): Promise<void>;
}

const guardianFile = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

/**
 * Starts `binary` together with a guardian process that ends it when this process exits, crashes or is killed. The server listens
 * on 127.0.0.1 only and keeps nothing on disk. It is not ready yet when this returns, and it may fail to bind its port.
 *
 * @param settings more lines of redis.conf
 * @param password that a client has to send. It is not passed as a command-line argument, because every user of the machine can read those.
 */
export function guard(
  binary: string,
  port: number,
  settings: readonly string[] = [],
  password: string | null = null,
): GuardedServer {
  const name = randomUUID();
  const guardian = spawn(process.execPath, [guardianFile, binary, String(port), name, ...settings], {
    // In its own process group, Ctrl-C in the terminal does not end the server before this process has closed its connections.
    detached: true,
    // The guardian needs no TypeScript loader, no debugger port and no password.
    env: {
      ...process.env,
      NODE_OPTIONS: undefined,
      REDIS_URL: undefined,
      GUARDED_REDIS_PASSWORD: password ?? undefined,
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  guardian.unref();
  guardian.channel?.unref();

  let pid: number | undefined;
  let directory: string | undefined;
  let ending: string | undefined;
  const spawned = new Promise<void>((resolve) => {
    guardian.on('message', (message: { pid?: number; directory?: string; ending?: string }) => {
      pid ??= message.pid;
      directory ??= message.directory;
      ending ??= message.ending;
      resolve();
    });
  });
  function send(signal: NodeJS.Signals) {
    if (pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
  const ended = new Promise<string>((resolve) => {
    guardian.once('exit', async (code) => {
      // The guardian itself was killed, so this process has to end the server and remove its files.
      if (code !== 0) {
        send('SIGKILL');
        for (let waited = 0; waited < longestEndMs && isRunning(pid); waited += 10) await sleep(10);
        if (directory !== undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      }
      resolve(ending ?? 'its guardian process was killed');
    });
    guardian.once('error', (error) => resolve(`its guardian process could not be run: ${error.message}`));
  });

  return {
    port,
    password,
    name,
    ended,
    setPid(serverPid) {
      pid = serverPid;
      if (guardian.connected) guardian.send({ serverPid }, () => {});
    },
    async freeze() {
      if (process.platform === 'win32') {
        throw new Error('Windows cannot freeze a process. Play this scenario on another system.');
      }
      // A server may answer before its guardian has said which process it is.
      await Promise.race([spawned, ended]);
      send('SIGSTOP');
      // A process that runs on another core may still answer a command that was sent after the signal.
      while (ending === undefined && (await answersPing(port)));
    },
    thaw: () => send('SIGCONT'),
    async end() {
      ending ??= 'we ended it';
      guardian.ref();
      if (guardian.connected) guardian.disconnect();
      await ended;
    },
  };
}

/** Ports below the ephemeral ones, which begin at 32,768 on Linux and at 49,152 on macOS and Windows. */
const [firstPort, ports] = [20_000, 12_000];

/**
 * Returns a port of 127.0.0.1 where nothing listens. The system gives it to no program that asks for any free port, and to no outgoing
 * connection. So it is still free when the server binds it, and while the server is started again.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = firstPort + randomInt(ports);
    if (await canListen(port)) return port;
  }
  throw new Error('No port of 127.0.0.1 is free.');
}

async function canListen(port: number): Promise<boolean> {
  const holder = createServer();
  try {
    await once(holder.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  holder.close();
  await once(holder, 'close');
  return true;
}

/** A killed process is gone within moments, unless its parent never collects it (a zombie). Milliseconds. */
const longestEndMs = 500;

function isRunning(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Milliseconds after which a Redis on loopback counts as stopped. A running one answers within one. */
const quietMs = 50;

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const settle = (answered: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(() => settle(false), quietMs);
    // Any answer counts, also that a password is required.
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
