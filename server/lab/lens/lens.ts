import type { Redis } from 'ioredis';
import { commandError } from '../../redis/failures.ts';
import type { KeyNotices } from '../../redis/notices.ts';
import type { Recorder } from '../recorder.ts';
import { appLine } from '../source/appLine.ts';
import type { Clock } from '../time/clock.ts';
import { type Watch, watchConnection } from './client.ts';
import { describeCall, renderReply, whyNothing } from './commands.ts';
import { createKeyWatch } from './keys.ts';
import { addNamespace } from './namespace.ts';
import { createOutsideWatch } from './outside.ts';
import { createReader } from './reader.ts';
import type { Sent } from './sending.ts';
import { createSlownessWatch } from './slowness.ts';

/**
 * Watches Redis for the trace: every command of the app with the request that caused it, and every change of a key, also by
 * other clients. While nothing happens, it sends no commands.
 *
 * @param currentRequest returns the number of the request that is being handled; null outside of any
 */
export function createLens(
  redis: Redis,
  namespace: string,
  clock: Clock,
  recorder: Recorder,
  currentRequest: () => number | null,
  notices: KeyNotices,
) {
  const reader = createReader(
    redis,
    () => busy(),
    (ms) => slowness.took(ms),
  );
  const keys = createKeyWatch(reader.redis, namespace, clock, (change) => {
    recorder.record({ type: 'key', ...change });
    outside.dueAt(change.expiresAt);
  });
  const outside = createOutsideWatch(keys, notices, namespace, clock);
  const slowness = createSlownessWatch(
    () => reader.redis.ping(),
    (ms) =>
      recorder.record(
        ms === null
          ? { type: 'store', status: 'quick', why: 'Redis answers quickly again.' }
          : { type: 'store', status: 'slow', why: `Redis answers slowly: ${ms} ms for a PING.` },
      ),
  );
  const pending = new Set<Promise<unknown>>();
  let commands = 0;
  let connected = true;

  const follow = (work: Promise<unknown>) => {
    pending.add(work);
    // Reading a key fails when Redis cannot be reached. The events of the connection report that.
    work.then(
      () => pending.delete(work),
      () => pending.delete(work),
    );
  };

  /** The request that is being handled, and the line of the app that issues the command. */
  const cause = () => {
    const request = currentRequest();
    const code = request === null ? undefined : appLine();
    return code ? { request, code } : { request };
  };

  /** Further connections that the app has opened by `duplicate()`. */
  const opened = new Set<Redis>();

  const watch: Watch = (call, reply, whenSent) => {
    const { name, args } = call;
    const command = { type: 'command', id: ++commands, ...cause(), name, args } as const;
    const issued = clock.now();
    const sent = performance.now();
    const recorded = reply.then(
      (value) => {
        if (!call.blocks) slowness.took(performance.now() - sent);
        const why = whyNothing(call, value);
        const outcome = { reply: renderReply(value), error: null, ...(why !== null && { why }) };
        recorder.record({ ...command, ...outcome, ms: clock.now() - issued });
      },
      (error) => recorder.record({ ...command, reply: null, error: commandError(error), ms: clock.now() - issued }),
    );
    // A blocking command may never get a reply, so a step does not wait for it.
    if (!call.blocks) follow(recorded);
    if (call.flushes)
      whenSent(() => follow(keys.afterCommand({ ...call, keys: keys.names().map(named) }, command.id, reply)));
    else if (call.writes && call.keys.length > 0) whenSent(() => follow(keys.afterCommand(call, command.id, reply)));
  };
  const named = (name: string) => namespace + name;
  const { client, busy } = watchConnection(redis, namespace, watch, (connection) => {
    opened.add(connection);
    connection.once('end', () => opened.delete(connection));
  });

  redis.on('close', () => {
    if (!connected || recorder.trace.events.at(-1)?.type === 'ended') return;
    connected = false;
    recorder.record({ type: 'store', status: 'lost', why: 'The connection to Redis was lost.' });
  });
  redis.on('ready', () => {
    if (connected) return;
    connected = true;
    recorder.record({ type: 'store', status: 'back', why: 'Redis answers again.' });
    follow(keys.checkAll());
    outside.missedSome();
  });

  return {
    /** The client for the app. */
    redis: client,

    /** A client for the lab. It never waits for the app, and its commands are not in the trace. */
    reader: reader.redis,

    keys,

    /** Resolves when the trace holds every command that the app has issued so far, and what others have done to the keys. */
    async settled(): Promise<void> {
      while (pending.size > 0) await Promise.allSettled(pending);
      if (connected) await outside.settled();
    },

    /** Notices changes by others until the returned function is called: while a page is open or a step is played. */
    watch: outside.watch,

    /** To be called after a jump in time. */
    jumped: outside.jumped,

    /** Records a command that did not reach Redis because of a fault. @param ms until it failed */
    failed(sent: Sent, error: Error, ms = 0): void {
      addNamespace(sent, (key) => namespace + key);
      const { name, args } = describeCall(sent);
      recorder.record({
        type: 'command',
        id: ++commands,
        ...cause(),
        name,
        args,
        reply: null,
        error: commandError(error),
        ms,
      });
    },

    /** Ends the watch. The connection that closes afterwards is not a lost one. */
    stop(): void {
      outside.stop();
      slowness.stop();
      redis.removeAllListeners('close');
    },

    /** Ends every connection but the one that the lens was given. */
    close(): void {
      for (const connection of opened) connection.disconnect();
      reader.close();
    },
  };
}

export type Lens = ReturnType<typeof createLens>;
