import { inspect } from 'node:util';
import type { Redis, RedisOptions } from 'ioredis';
import { RedisUnavailable } from './errors.ts';
import { explain, Unfit, unfitness } from './reasons.ts';
import type { RedisTarget } from './target.ts';
import { within } from './within.ts';

/**
 * Nothing hangs when Redis is lost or frozen, and everything works again when it is back. With ioredis's defaults a
 * request hangs 10 s when Redis is lost, and for as long as Redis is frozen.
 */
const neverHangs = {
  // A queued command would be sent after the reconnect, long after its caller was told that it failed.
  enableOfflineQueue: false,
  // What was in flight fails with its connection; repeating it could do it twice.
  maxRetriesPerRequest: 0,
  // Without these two, a command to a frozen Redis stays pending: TCP still takes it. The second ends the connection, so
  // that `close` tells of a frozen Redis as of a lost one.
  commandTimeout: 1000,
  socketTimeout: 1200,
  connectTimeout: 1000,
  retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  maxLoadingRetryTime: 500,
  // How long a farewell may stay unanswered.
  disconnectTimeout: 100,
  // CLIENT SETINFO is of no use to a learner who watches with MONITOR.
  disableClientInfo: true,
  lazyConnect: true,
} satisfies RedisOptions;

/**
 * A ready, checked connection. When it is lost it reconnects by itself, for as long as it is not disconnected; `close`
 * and `ready` tell of it, and its errors need no listener. Commands fail at once while it is lost, after 1 s when Redis
 * is frozen.
 *
 * @param ms how long to try, in milliseconds
 * @throws RedisUnavailable when it cannot be made, or leads to something a sandbox cannot live in
 */
export async function connectTo(target: RedisTarget, keyPrefix: string, ms: number): Promise<Redis> {
  // The ready check would wait, in silence, for a server that loads its data; the PING below is told so.
  const client = target.open({ ...neverHangs, keyPrefix, enableReadyCheck: false });
  // What a log prints of a client; its options hold the password.
  Object.defineProperty(client, inspect.custom, { value: () => `Redis { ${target.address}, ${client.status} }` });
  let firstError: Error | undefined;
  client.on('error', (error) => {
    forgetCredentials(error);
    firstError ??= error;
  });
  try {
    await within(ms, requireFit(client));
    // A database that does not exist is only told of by this event; ioredis goes on in database 0.
    if (firstError) throw firstError;
    // From here on `ready` comes when the server answers again, not when its machine takes the connection.
    client.options.enableReadyCheck = true;
    return client;
  } catch (error) {
    client.disconnect();
    // No `cause`: a refused AUTH has the password among its arguments.
    throw new RedisUnavailable(explain(firstError ?? error, target));
  }
}

/** A sentence that says why the target cannot be used, after at most `ms` milliseconds; null when it can. */
export async function whyUnusable(target: RedisTarget, ms: number): Promise<string | null> {
  try {
    const client = await connectTo(target, '', ms);
    client.disconnect();
    return null;
  } catch (error) {
    if (error instanceof RedisUnavailable) return error.message;
    throw error;
  }
}

async function requireFit(client: Redis): Promise<void> {
  await client.connect();
  if ((await client.ping()) !== 'PONG') throw new Unfit('is not Redis: it does not answer PING with PONG');
  const reason = unfitness(await client.info().catch(allowSilence));
  if (reason) throw new Unfit(reason);
}

/** A user may be kept from INFO by an access list, and still be good for sandboxes; ioredis lets it pass as well. */
function allowSilence(error: Error): null {
  if (error.message.startsWith('NOPERM')) return null;
  throw error;
}

/** ioredis hangs a failed command on its error, and that of AUTH has the password in it. */
function forgetCredentials(error: Error & { command?: { name: string } }): void {
  if (error.command?.name === 'auth') delete error.command;
}
