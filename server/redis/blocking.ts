import type { Command, Redis } from 'ioredis';

/** The longest that a timer of Node can wait. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

interface Internals {
  sendCommand(command: Command & { extractBlockingTimeout(): number | null | undefined }, ...rest: unknown[]): unknown;
  socketTimeoutTimer: NodeJS.Timeout | undefined;
}

/**
 * Lets BLPOP and its like wait as long as they say: the time limits for a Redis that does not answer begin when such a command
 * ends. So do those of the commands that wait behind it. Changes the client, and those that it makes by `duplicate()`.
 */
export function allowBlocking(redis: Redis): Redis {
  const client = redis as unknown as Internals;
  const { socketTimeout } = redis.options;
  /** When each command that blocks ends at the latest, in milliseconds of the process's clock. */
  const blocking = new Set<{ until: number }>();
  const blockedFor = () => Math.max(0, ...[...blocking].map(({ until }) => until - performance.now()));

  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, ...rest) => {
    const ms = command.extractBlockingTimeout?.();
    if (typeof ms === 'number') {
      const entry = { until: ms === 0 ? Number.POSITIVE_INFINITY : performance.now() + ms };
      const over = () => blocking.delete(entry);
      blocking.add(entry);
      command.promise.then(over, over);
      // The limit that runs already is too short now.
      clearTimeout(client.socketTimeoutTimer);
      client.socketTimeoutTimer = undefined;
    }
    const blocked = blockedFor();
    if (blocked > 0) {
      const { setTimeout } = command;
      command.setTimeout = (limit) => {
        if (limit + blocked < longestTimer) setTimeout.call(command, limit + blocked);
      };
    }
    return send(command, ...rest);
  };
  if (socketTimeout !== undefined)
    Object.defineProperty(redis.options, 'socketTimeout', {
      enumerable: true,
      get: () => Math.min(socketTimeout + blockedFor(), longestTimer),
    });

  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) =>
    allowBlocking(duplicate({ ...(socketTimeout !== undefined && { socketTimeout }), ...override }));
  return redis;
}
