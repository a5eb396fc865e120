import type { Redis } from 'ioredis';
import type { Recorder } from '../recorder.ts';
import { codeHere } from '../source/codeHere.ts';
import type { Clock } from '../time/clock.ts';
import { watchedClient } from './client.ts';
import { describeCall, renderReply } from './commands.ts';
import { createKeyWatch, type KeyWatch } from './keys.ts';

/** How often the keys are checked for changes by others while somebody watches. Milliseconds. */
const checkInterval = 25;

export interface Lens {
  /** The client for the app. */
  readonly redis: Redis;
  readonly keys: KeyWatch;
  /** Resolves when everything the app has issued so far is in the trace. */
  settled(): Promise<void>;
  /** Checks the keys for changes by others until the returned function is called: while a page is open or a step is played. */
  watch(): () => void;
  /** Records a command that did not reach Redis because of a fault that the scenario injected. */
  failed(name: string, args: unknown[], error: Error): void;
  stop(): void;
}

/**
 * Watches Redis for the trace: every command of the app with the request that caused it, and every change of a key, also by
 * somebody else. It uses nothing but commands, so it works the same on mock and real Redis.
 *
 * @param currentRequest the number of the request being handled where it is called; null outside of any
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
  let connected = true;

  const follow = (work: Promise<unknown>) => {
    const over = () => void pending.delete(work);
    pending.add(work);
    // Reading a key fails when Redis cannot be reached. The events of the connection report that.
    work.then(over, over);
  };

  /** The request being handled, and the line of the app that is executed. */
  const cause = () => {
    const request = currentRequest();
    const code = request === null ? undefined : codeHere();
    return code ? { request, code } : { request };
  };

  const client = watchedClient(redis, namespace, (call, reply) => {
    const { name, args } = call;
    const command = { type: 'command', id: ++commands, ...cause(), name, args } as const;
    const issued = clock.now();
    const record = (outcome: { reply: string | null; error: string | null }) =>
      recorder.record({ ...command, ...outcome, ms: clock.now() - issued });
    const recorded = reply.then(
      (value) => record({ reply: renderReply(value), error: null }),
      (error) => record({ reply: null, error: String(error.message) }),
    );
    follow(recorded);
    if (call.writes) follow(keys.afterCommand(call, command.id, reply));
  });

  let timer: NodeJS.Timeout | undefined;
  /** One token per call of `watch`. */
  const watchers = new Set<symbol>();
  /** The loop that runs. An earlier one that still waits for Redis ends when it sees another one. */
  let loop: symbol | null = null;
  let stopped = false;

  const checkAgain = async (own: symbol) => {
    if (connected) await keys.checkAll().catch(() => {});
    if (loop === own) timer = setTimeout(checkAgain, checkInterval, own).unref();
  };
  const stopLoop = () => {
    loop = null;
    clearTimeout(timer);
  };

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
  });

  return {
    redis: client,
    keys,
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
    watch() {
      const watcher = Symbol('watcher');
      watchers.add(watcher);
      if (loop === null && !stopped) {
        loop = Symbol('loop');
        void checkAgain(loop);
      }
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0) stopLoop();
      };
    },
    failed(name, args, error) {
      const command = { type: 'command', id: ++commands, ...cause(), name } as const;
      const sent = describeCall(name, args, namespace).args;
      recorder.record({ ...command, args: sent, reply: null, error: error.message, ms: 0 });
    },
    stop() {
      stopped = true;
      stopLoop();
      redis.removeAllListeners('close');
    },
  };
}
