import type { Command, Redis } from 'ioredis';

/** A command on its way. ioredis types leave out some of what it has. */
export interface Sent extends Pick<Command, 'setTimeout'> {
  name: string;
  args: (string | Buffer | number)[];
  /** The arguments that are keys, with their prefix; absent while ioredis has not looked for them. */
  keys?: (string | Buffer)[];
  promise: Promise<unknown>;
  resolve(value: unknown): unknown;
  reject(error: Error): void;
  transformReply(raw: unknown): unknown;
  toWritable(socket: object): string | Buffer;
}

/** What the commands of a pipeline write to instead of the connection. It sends when each of them has written. */
export interface PipelineStream {
  write(data: string): unknown;
}

export type Send = (command: Sent, stream?: PipelineStream, node?: unknown) => unknown;

/** Every way of calling a command in ioredis ends in this method. Its type leaves out the other parameters. */
export const sendOf = (redis: Redis): Send => redis.sendCommand.bind(redis) as unknown as Send;

/**
 * Returns the same client with some of its methods replaced. ioredis calls the replaced ones, too: a pipeline, a script or an array of
 * commands ends in `sendCommand` of the client that made it. An app may replace them once more on the returned client.
 */
export function clientWith(
  redis: Redis,
  replaced: { sendCommand: Send } & Partial<Record<keyof Redis, unknown>>,
): Redis {
  const own = new Map<PropertyKey, unknown>(Object.entries(replaced));
  return new Proxy(redis, {
    get: (target, property, client) => (own.has(property) ? own.get(property) : Reflect.get(target, property, client)),
    set(target, property, value, client) {
      if (!own.has(property)) return Reflect.set(target, property, value, client);
      own.set(property, value);
      return true;
    },
  });
}

/** Rejects a command instead of sending it. Its pipeline waits until each of its commands has written something. */
export function refuse(redis: Redis, command: Sent, error: Error, stream?: PipelineStream): unknown {
  command.reject(error);
  if (redis.status === 'ready') stream?.write('');
  return command.promise;
}

/** The reply as Redis gave it. */
export const unchanged = (raw: unknown) => raw;
