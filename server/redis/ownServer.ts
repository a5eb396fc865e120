import { Redis } from 'ioredis';
import { RedisUnavailable } from './errors.ts';
import { freePort, type GuardedServer, guard } from './guard.ts';
import { Late, within } from './within.ts';

/** Long enough for a cold start under a virus scanner; whoever waits for a connection gives up earlier. */
const startLimitMs = 10_000;
const attempts = 3;

/**
 * Starts `binary` on a free port of 127.0.0.1 and resolves when it answers. `firstPort` is tried first; `settings` are further
 * lines of redis.conf.
 *
 * @throws RedisUnavailable when it does not come up, with the server's own words.
 */
export async function startOwnServer(
  binary: string,
  firstPort?: number,
  settings: readonly string[] = [],
): Promise<GuardedServer> {
  let ending = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const server = guard(binary, attempt === 0 && firstPort ? firstPort : await freePort(), settings);
    const outcome = await readyOrEnded(server);
    if (outcome === 'ready') return server;
    await server.end();
    // The port may have been taken between our look and its bind; the next attempt asks for another one.
    ending = outcome;
  }
  throw new RedisUnavailable(`${binary} does not start: ${ending}.`);
}

async function readyOrEnded(server: GuardedServer): Promise<string> {
  const client = new Redis(server.port, '127.0.0.1', {
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
    disableClientInfo: true,
  });
  client.on('error', () => {});
  try {
    return await within(startLimitMs, Promise.race([server.ended, ready(server, client)]));
  } catch (error) {
    if (error instanceof Late) return `it did not answer PING within ${startLimitMs / 1000} s`;
    throw error;
  } finally {
    client.disconnect();
  }
}

async function ready(server: GuardedServer, client: Redis): Promise<string> {
  await client.ping();
  const info = await client.info('server');
  // Somebody else's server took the port: ours is about to fail and to say so.
  if (!info.includes(server.name)) return await server.ended;
  server.knowPid(Number(/^process_id:(\d+)/m.exec(info)?.[1]));
  return 'ready';
}
