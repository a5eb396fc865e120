import type { Redis } from 'ioredis';
import { appLine, withAppLine } from '../source/appLine.ts';
import { isCommand } from './call.ts';

/** What a scenario does to the way between the app and Redis. */
export interface Faults {
  slow(ms: number, command: string | undefined): void;
  /** Resolves when every command that was made slow so far has reached Redis. */
  slowArrived(): Promise<void>;
  hold(command: string): void;
  /** Resolves when that many commands are held. */
  held(count: number): Promise<void>;
  release(): void;
  break(command: string | undefined): void;
  mend(): void;
}

/**
 * A client whose commands can be made slow or fail. It stands between the app and the watched client, so a command that fails
 * here never reached Redis; a slow one reaches it late.
 */
export function faultyClient(
  redis: Redis,
  told: (name: string, args: unknown[], error: Error) => void,
): { redis: Redis; faults: Faults } {
  let slow: { ms: number; command: string | undefined } | null = null;
  let broken: { command: string | undefined } | null = null;
  const gate = createGate();
  const onTheWay = new Set<Promise<unknown>>();
  const hits = (fault: { command: string | undefined } | null, name: string) =>
    fault !== null && (fault.command === undefined || fault.command === name);

  function arriving(reply: Promise<unknown>): Promise<unknown> {
    onTheWay.add(reply);
    const forget = () => onTheWay.delete(reply);
    reply.then(forget, forget);
    return reply;
  }

  const client = new Proxy(redis, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target);
      if (property === 'multi' || property === 'pipeline') {
        return (...args: unknown[]) => {
          if (hits(broken, property)) {
            told(property, args, gone());
            return failingChain();
          }
          const ms = hits(slow, property) ? slow!.ms : 0;
          if (ms === 0) return method(...args);
          return slowChain(method(...args) as object, (exec) => {
            const place = appLine();
            return arriving(waited(ms).then(() => withAppLine(place, exec)));
          });
        };
      }
      if (typeof property !== 'string' || !isCommand(property)) return method;
      return (...args: unknown[]) => {
        if (hits(broken, property)) {
          const error = gone();
          told(property, args, error);
          return Promise.reject(error);
        }
        const ms = hits(slow, property) ? slow!.ms : 0;
        const wait = ms > 0 ? waited(ms) : gate.waitFor(property);
        if (!wait) return method(...args);
        const place = appLine();
        return arriving(wait.then(() => withAppLine(place, () => method(...args))));
      };
    },
  });
  return {
    redis: client,
    faults: {
      slow: (ms, command) => {
        slow = ms > 0 ? { ms, command } : null;
      },
      slowArrived: async () => void (await Promise.allSettled(onTheWay)),
      hold: gate.close,
      held: gate.reached,
      release: gate.open,
      break: (command) => {
        broken = { command };
      },
      mend: () => {
        slow = null;
        broken = null;
        gate.open();
      },
    },
  };
}

/** Holds the commands of one name until it is opened. */
function createGate() {
  let closed: string | null = null;
  const held: (() => void)[] = [];
  let watchers: { count: number; tell: () => void }[] = [];

  return {
    close(command: string): void {
      closed = command;
    },
    open(): void {
      closed = null;
      for (const go of held.splice(0)) go();
    },
    reached: (count: number): Promise<void> =>
      new Promise((resolve) => (held.length >= count ? resolve() : watchers.push({ count, tell: resolve }))),
    /** Resolves when that command may go; undefined when it may at once. */
    waitFor(command: string): Promise<void> | undefined {
      if (command !== closed) return undefined;
      const wait = new Promise<void>((resolve) => held.push(resolve));
      for (const { count, tell } of watchers) if (held.length >= count) tell();
      watchers = watchers.filter(({ count }) => held.length < count);
      return wait;
    },
  };
}

const waited = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What ioredis says when it has no connection. */
const gone = () => new Error("Stream isn't writeable and enableOfflineQueue options is false");

/** Takes any commands and fails when it is executed. */
function failingChain(): object {
  const chain: object = new Proxy(
    {},
    { get: (_, name) => (name === 'exec' ? () => Promise.reject(gone()) : () => chain) },
  );
  return chain;
}

/** The same chain, but it is `late` that decides when it is executed. */
function slowChain(chain: object, late: (exec: () => Promise<unknown>) => Promise<unknown>): object {
  const slow: object = new Proxy(chain, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'exec') return () => late(() => value.call(target));
      return (...args: unknown[]) => {
        const result = value.apply(target, args);
        return result === target ? slow : result;
      };
    },
  });
  return slow;
}
