import type { Redis } from 'ioredis';
import type { Recorder } from '../recorder.ts';
import { appLine } from '../source/appLine.ts';
import type { Clock } from '../time/clock.ts';
import { describeCall } from './call.ts';
import { watchedClient } from './client.ts';
import { createKeyWatch, type KeyWatch } from './keys.ts';
import { renderReply } from './reply.ts';

/** How often Redis is asked for what others did while somebody looks on. Milliseconds. */
const lookInterval = 25;

export interface Lens {
  /** The client for the app. */
  readonly redis: Redis;
  readonly keys: KeyWatch;
  /** Resolves when everything the app has issued so far is in the trace. */
  settled(): Promise<void>;
  /** Watch for changes by others while this is on; one looks on while a page is open or a step is played. */
  lookOn(on: boolean): void;
  /** Record a command that was kept from reaching Redis. */
  failed(name: string, args: unknown[], error: Error): void;
  stop(): void;
}

/**
 * What watches Redis for the trace: every command of the app with the request that caused it, and every change of a key, also
 * when somebody else made it. Works alike on mock and real Redis, because it relies on nothing but commands.
 *
 * @param currentRequest number of the request being handled where it is called; null outside of any
 */
export function createLens(
  redis: Redis,
  namespace: string,
  clock: Clock,
  recorder: Recorder,
  currentRequest: () => number | null,
): Lens {
  const keys = createKeyWatch(redis, namespace, clock, (change) => recorder.record({ type: 'key', ...change }));
  const pending = new Set<Promise<unknown>>();
  let commands = 0;
  let timer: NodeJS.Timeout | undefined;
  /** The watch that is on; an earlier one that is still waiting for Redis ends when it sees another. */
  let watch: symbol | null = null;
  let lost = false;

  const follow = (work: Promise<unknown>) => {
    const over = () => void pending.delete(work);
    pending.add(work);
    // A failed look means that Redis is gone; the connection says so itself.
    work.then(over, over);
  };

  /** What the app is doing, and for whom. */
  const cause = () => {
    const request = currentRequest();
    const code = request === null ? undefined : appLine();
    return code ? { request, code } : { request };
  };

  /** A command that never reached Redis, because of what a scenario did to the way there. */
  const failed = (name: string, args: unknown[], error: Error) => {
    const call = describeCall(name, args, namespace);
    recorder.record({
      type: 'command',
      id: ++commands,
      ...cause(),
      name,
      args: call.args,
      reply: null,
      error: error.message,
      ms: 0,
    });
  };

  const client = watchedClient(redis, namespace, (call, reply) => {
    const id = ++commands;
    const issued = clock.now();
    const { name, args } = call;
    const because = cause();
    const tell = (reply: string | null, error: string | null) =>
      recorder.record({ type: 'command', id, ...because, name, args, reply, error, ms: clock.now() - issued });
    const recorded = reply.then(
      (value) => tell(renderReply(value), null),
      (error) => tell(null, String(error.message)),
    );
    follow(recorded);
    if (call.writes) follow(keys.afterCommand(call, id, reply));
  });

  const lookAgain = async (mine: symbol) => {
    if (!lost) await keys.lookAround().catch(() => {});
    if (watch === mine) timer = setTimeout(lookAgain, lookInterval, mine).unref();
  };

  redis.on('close', () => {
    if (lost || recorder.trace.events.at(-1)?.type === 'ended') return;
    lost = true;
    recorder.record({ type: 'store', status: 'lost', why: 'The connection to Redis was lost.' });
  });
  redis.on('ready', () => {
    if (!lost) return;
    lost = false;
    recorder.record({ type: 'store', status: 'back', why: 'Redis answers again.' });
    follow(keys.lookAround());
  });

  return {
    redis: client,
    failed,
    keys,
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
    lookOn(on) {
      if ((watch !== null) === on) return;
      clearTimeout(timer);
      watch = on ? Symbol('watch') : null;
      if (watch) void lookAgain(watch);
    },
    stop() {
      watch = null;
      clearTimeout(timer);
      redis.removeAllListeners('close');
    },
  };
}
