import { inspect } from 'node:util';
import type { Redis, RedisOptions } from 'ioredis';
import { allowBlocking } from './blocking.ts';
import { explain, RedisUnavailable, UnsuitableServer, whyUnsuitable } from './errors.ts';
import type { RedisTarget } from './target.ts';
import { tryCommands } from './trial.ts';
import { within } from './within.ts';

/**
 * Options with which every command fails within about a second when Redis is lost or frozen, and works again when Redis is back.
 * With the defaults of ioredis a command hangs for 10 s when Redis is lost, and as long as Redis is frozen. Times are in ms.
 */
const failFast = {
  // A queued command would be sent after the reconnect, long after its caller has given up.
  enableOfflineQueue: false,
  // A command that was in flight fails with its connection. If it were repeated, it could run twice.
  maxRetriesPerRequest: 0,
  // A frozen Redis accepts commands (the operating system does) and never answers. The first limit fails the command. The
  // second closes the connection, so that a frozen Redis causes `close` as a lost one does.
  commandTimeout: 1000,
  socketTimeout: 1200,
  connectTimeout: 1000,
  retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  maxLoadingRetryTime: 500,
  // How long QUIT may remain unanswered.
  disconnectTimeout: 100,
  // Without CLIENT SETINFO, a learner who watches with MONITOR sees the app's commands only.
  disableClientInfo: true,
  lazyConnect: true,
} satisfies RedisOptions;

/**
 * Returns a ready connection to a server that was checked. It reconnects by itself until it is disconnected, emits `close` and
 * `ready`, and needs no listener for its errors. Commands fail at once while Redis is lost, and after 1 s while it is frozen.
 *
 * @param ms how long to try, in milliseconds
 * @param checks tries the commands that the connection is needed for
 * @throws RedisUnavailable when the connection fails, or leads to something that cannot hold sandboxes
 */
export async function connectTo(
  target: RedisTarget,
  keyPrefix: string,
  ms: number,
  checks: (client: Redis) => Promise<void> = async () => {},
): Promise<Redis> {
  // The ready check would wait silently for a server that is loading its data. The PING below reports it.
  const client = allowBlocking(target.open({ ...failFast, keyPrefix, enableReadyCheck: false }));
  // Logging a client must not print its options, which hold the password.
  Object.defineProperty(client, inspect.custom, { value: () => `Redis { ${target.address}, ${client.status} }` });
  let firstError: Error | undefined;
  // A server that refuses a connection says why before it is asked. ioredis ignores an answer without a question.
  client.once('connect', () =>
    client.stream.once('data', (data: Buffer) => {
      const [, refusal] = /^-(.+)\r\n$/.exec(String(data)) ?? [];
      if (refusal !== undefined && /^(ERR max number|DENIED)/.test(refusal)) firstError ??= new Error(refusal);
    }),
  );
  client.on('error', (error) => {
    forgetCredentials(error);
    firstError ??= error;
  });
  try {
    await within(ms, connectAndCheck(client, checks));
    // ioredis reports a database that does not exist by this event only, and continues in database 0.
    if (firstError) throw firstError;
    // From now on, `ready` means that the server answers again, not only that its machine accepts connections.
    client.options.enableReadyCheck = true;
    return client;
  } catch (error) {
    client.disconnect();
    // No `cause`: the error of a refused AUTH holds the password among its arguments.
    throw new RedisUnavailable(explain(firstError ?? error, target));
  }
}

/** Returns a sentence that says why the target cannot be used, after at most `ms` milliseconds; null when it can. */
export async function whyUnusable(target: RedisTarget, ms: number): Promise<string | null> {
  try {
    const client = await connectTo(target, '', ms, tryCommands);
    client.disconnect();
    return null;
  } catch (error) {
    if (error instanceof RedisUnavailable) return error.message;
    throw error;
  }
}

/** Asks everything at once: to a distant Redis, each answer takes as long as all of them. */
async function connectAndCheck(client: Redis, checks: (client: Redis) => Promise<void>): Promise<void> {
  await client.connect();
  const [ping, info, checked] = await Promise.allSettled([client.ping(), client.info(), checks(client)]);
  if (ping.status === 'rejected') throw ping.reason;
  if (ping.value !== 'PONG') throw new UnsuitableServer('is not Redis: it does not answer PING with PONG');
  // An access list may forbid INFO, and a server may not know it by this name, where a sandbox can do all that it needs.
  if (info.status === 'rejected' && !/^(NOPERM|ERR unknown command)/.test(info.reason.message)) throw info.reason;
  const reason = info.status === 'fulfilled' ? whyUnsuitable(info.value) : null;
  if (reason) throw new UnsuitableServer(reason);
  if (checked.status === 'rejected') throw checked.reason;
}

/** ioredis attaches a failed command to its error. The one of AUTH holds the password. */
function forgetCredentials(error: Error & { command?: { name: string } }): void {
  if (error.command?.name === 'auth') delete error.command;
}
