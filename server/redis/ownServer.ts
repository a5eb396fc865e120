/** A redis-server that this process starts: finding the program, and starting it until it answers. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { RedisUnavailable } from './errors.ts';
import { freePort, type GuardedServer, guard } from './guard.ts';
import { TimedOut, within } from './within.ts';

/** Milliseconds. Long enough for a cold start under a virus scanner; callers that need a connection give up earlier. */
const startLimitMs = 10_000;
const attempts = 3;

/** Returns the first Redis server program in the folders of `path` (as in the environment variable PATH), or null. */
export function findServer(path: string): string | null {
  const names = process.platform === 'win32' ? ['redis-server.exe', 'memurai.exe'] : ['redis-server'];
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Starts `binary` on a free port of 127.0.0.1 and resolves when it answers.
 *
 * @param firstPort the port to try first
 * @param settings more lines of redis.conf
 * @param password that a client has to send
 * @throws RedisUnavailable when it does not start; the message ends with the server's last output
 */
export async function startOwnServer(
  binary: string,
  firstPort?: number,
  settings: readonly string[] = [],
  password = randomBytes(24).toString('base64url'),
): Promise<GuardedServer> {
  let ending = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const server = guard(binary, attempt === 0 && firstPort ? firstPort : await freePort(), settings, password);
    const outcome = await readyOrEnded(server);
    if (outcome === 'ready') return server;
    await server.end();
    // Another program may have taken the port before the server could bind it. The next attempt uses another port.
    ending = outcome;
  }
  throw new RedisUnavailable(`${binary} does not start: ${ending}.`);
}

/** Resolves with 'ready', or with a description of why the server is not. */
async function readyOrEnded(server: GuardedServer): Promise<string> {
  const client = new Redis(server.port, '127.0.0.1', {
    ...(server.password !== null && { password: server.password }),
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
    disableClientInfo: true,
  });
  client.on('error', () => {});
  try {
    return await within(startLimitMs, Promise.race([server.ended, ready(server, client)]));
  } catch (error) {
    if (error instanceof TimedOut) return `it did not answer PING within ${startLimitMs / 1000} s`;
    throw error;
  } finally {
    client.disconnect();
  }
}

async function ready(server: GuardedServer, client: Redis): Promise<string> {
  // null: a server that refuses our password.
  const info = await client.info('server').catch((error: Error) => {
    if (/^(WRONGPASS|NOAUTH)/.test(error.message)) return null;
    throw error;
  });
  // If another server has taken the port, ours is about to fail and report it.
  if (!info?.includes(server.name)) return await server.ended;
  server.setPid(Number(/^process_id:(\d+)/m.exec(info)?.[1]));
  return 'ready';
}
