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
 * Returns a client that behaves like the given one and reports every command to `watch`. It replaces the one method that every
 * call of a command goes through. An app that uses it sees only its namespace.
 *
 * @param redis its keyPrefix is ignored: the returned client adds the namespace itself
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

/** As `watchedClient`. Also tells whether the connection is busy, so that a command of the lab would wait or join a transaction. */
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
  /** How many blocking commands have no reply yet. */
  let blocking = 0;
  /** What is called back when the pipeline that is being written has been sent, or the open transaction has ended. */
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
    // A pipeline writes everything at its end, and nothing may be sent in between.
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
    // At the end of a transaction, what was held back during it is called.
    if (stream === undefined) release();
    return result;
  };

  const client = clientWith(redis, {
    sendCommand: send,
    // Without the namespace: as a prefix, ioredis would put it even before a key argument that is missing.
    options: { ...redis.options, keyPrefix: ownPrefix },
    // What ioredis sends while it connects is not the app's, so it is not reported.
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
