import type { Redis, RedisOptions } from 'ioredis';
import { blocks, type Call, describeCall } from './commands.ts';
import { inNamespace } from './namespace.ts';
import { clientWith, type PipelineStream, refuse, type Send, type Sent, sendOf, unchanged } from './sending.ts';
import { createTransactions } from './transactions.ts';

/**
 * Called for every command at the moment it is issued, with a promise of what it did.
 * @param whenSent calls back when this command has been sent, and another one may follow on the same connection; in the same
 * tick, except behind a transaction that is still open
 */
export type Watch = (call: Call, reply: Promise<unknown>, whenSent: (work: () => void) => void) => void;

/**
 * A client that behaves like the given one and reports every command to `watch`: it stands where ioredis sends commands, so it
 * makes no difference how they were called. To the app, its namespace is all there is.
 * @param redis may add the namespace to keys as well: what goes through the returned client gets it here
 * @param opened called with each further connection that the app opens by `duplicate()`
 * @param ownPrefix a keyPrefix of the app's, within the namespace
 */
export function watchedClient(
  redis: Redis,
  namespace: string,
  watch: Watch,
  opened: (connection: Redis) => void = () => {},
  ownPrefix = '',
): Redis {
  return watchConnection(redis, namespace, watch, opened, ownPrefix).client;
}

/** As `watchedClient`, and tells whether the connection is busy with something that other commands must not get into. */
export function watchConnection(
  redis: Redis,
  namespace: string,
  watch: Watch,
  opened: (connection: Redis) => void,
  ownPrefix = '',
): { client: Redis; busy(): boolean } {
  const sendToRedis = sendOf(redis);
  const transactions = createTransactions();
  const space = inNamespace(redis, namespace);
  /** How many commands wait for somebody else. */
  let blocking = 0;
  /** What is to be done when the pipeline that is being written has been sent. */
  let held: { stream: PipelineStream | undefined; works: (() => void)[] } | null = null;

  function release(): void {
    if (!held || transactions.open) return;
    const { works } = held;
    held = null;
    for (const work of works) work();
  }

  function noteBlocking(command: Sent): void {
    blocking++;
    const over = () => void blocking--;
    command.promise.then(over, over);
  }

  const send: Send = (command, stream, node) => {
    // A pipeline writes everything at its end: nothing may be sent in between.
    if (held && held.stream !== stream) release();
    const prepared = space.prepare(command);
    if ('refused' in prepared) {
      const result = refuse(redis, command, prepared.refused, stream);
      watch(describeCall(command), command.promise, () => {});
      return result;
    }
    const done = transactions.follow(command, prepared.view);
    if (done === null && prepared.view !== unchanged) viewReply(command, prepared.view);
    const result = sendToRedis(command, stream, node);
    const waits = blocking > 0 || (done === null && blocks(command));
    if (done === null && blocks(command)) noteBlocking(command);
    const call = describeCall(command, prepared.shown());
    const reply = done ?? command.promise;
    watch(call, reply, (work) => {
      if (waits) reply.then(work, () => {});
      else if (stream === undefined && !transactions.open) work();
      else {
        held ??= { stream, works: [] };
        held.works.push(work);
        queueMicrotask(release);
      }
    });
    // The end of a transaction lets go what was held back in it.
    if (stream === undefined) release();
    return result;
  };

  const client = clientWith(redis, {
    sendCommand: send,
    // ioredis would put the prefix before a key that is missing, too.
    options: { ...redis.options, keyPrefix: ownPrefix },
    // What ioredis sends by itself to make a connection is not the app's.
    connect: redis.connect.bind(redis),
    duplicate(override: Partial<RedisOptions> = {}) {
      const connection = redis.duplicate({ ...override, keyPrefix: '', db: redis.options.db ?? 0 });
      opened(connection);
      return watchedClient(connection, namespace, watch, opened, override.keyPrefix ?? ownPrefix);
    },
    monitor() {
      throw new Error(space.sentenceFor('MONITOR'));
    },
  });
  return { client, busy: () => transactions.open || blocking > 0 || redis.mode === 'subscriber' };
}

function viewReply(command: Sent, view: (raw: unknown) => unknown): void {
  const transform = command.transformReply;
  command.transformReply = (raw) => transform.call(command, view(raw));
}
