import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A redis-server that ends with this process, however this process ends. */
export interface OwnServer {
  readonly port: number;
  /** Resolves, when the server is gone and its files are removed, with how it ended, for people. */
  readonly ended: Promise<string>;
  /** Ends the server; resolves when it is gone. */
  end(): Promise<void>;
}

/** A server on its way up, in the care of a guardian process; it may still fail to bind its port. */
export interface GuardedServer extends OwnServer {
  /** Stands in `config_file` of this server's INFO, and of no other's. */
  readonly name: string;
  /** Told by the server itself: the binary may have been only its launcher. */
  knowPid(serverPid: number): void;
  /** Sends the server's process a signal; does nothing when it is gone. */
  signal(signal: NodeJS.Signals): void;
}

const guardianFile = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

/** A TCP port of 127.0.0.1 nobody listens on at this moment; somebody else may take it before we do. */
export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  await once(holder, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port');
  return address.port;
}

/**
 * Starts `binary` with a guardian that ends it on our exit, a crash and SIGKILL included. It listens on 127.0.0.1 only,
 * keeps nothing on disk and is not ready yet. `settings` are further lines of redis.conf.
 */
export function guard(binary: string, port: number, settings: readonly string[] = []): GuardedServer {
  const name = randomUUID();
  const guardian = spawn(process.execPath, [guardianFile, binary, String(port), name, ...settings], {
    // An own process group: Ctrl-C in the terminal reaches us alone, and the server lives until we have said goodbye.
    detached: true,
    // Neither a TypeScript loader nor a debugger's port belongs into the guardian, nor a password.
    env: { ...process.env, NODE_OPTIONS: undefined, REDIS_URL: undefined },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  guardian.unref();
  guardian.channel?.unref();

  let pid: number | undefined;
  let ending: string | undefined;
  guardian.on('message', (message: { pid?: number; ending?: string }) => {
    pid ??= message.pid;
    ending ??= message.ending;
  });
  function signal(name: NodeJS.Signals) {
    if (pid === undefined) return;
    try {
      process.kill(pid, name);
    } catch {
      // It has just ended.
    }
  }
  const ended = new Promise<string>((resolve) => {
    guardian.once('exit', (code) => {
      // Somebody killed the guardian: the server is now ours alone to end.
      if (code !== 0) signal('SIGKILL');
      resolve(ending ?? 'its guardian process was killed');
    });
    guardian.once('error', (error) => resolve(`its guardian process could not be run: ${error.message}`));
  });

  return {
    port,
    name,
    ended,
    signal,
    knowPid(serverPid) {
      pid = serverPid;
      if (guardian.connected) guardian.send({ serverPid }, () => {});
    },
    async end() {
      ending ??= 'we ended it';
      guardian.ref();
      if (guardian.connected) guardian.disconnect();
      await ended;
    },
  };
}
