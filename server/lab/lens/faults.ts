import type { Redis } from 'ioredis';
import { codeHere, onBehalfOf } from '../source/codeHere.ts';
import { isCommand } from './commands.ts';

/** Faults that a scenario injects between the app and Redis. Without a command, a fault applies to every command. */
export interface Faults {
  /** @param ms how much later each command is sent; 0 ends the fault */
  slow(ms: number, command: string | undefined): void;
  /** Resolves when every command that was slowed down so far has reached Redis. */
  slowArrived(): Promise<void>;
  hold(command: string): void;
  /** Resolves when that many commands are held. */
  held(count: number): Promise<void>;
  release(): void;
  break(command: string | undefined): void;
  /** Ends all faults. */
  mend(): void;
}

/**
 * A client whose commands can be delayed, held or made to fail. It stands between the app and the watched client: a command that
 * fails here never reaches Redis.
 * @param failed called for each command that fails here
 */
export function faultyClient(
  redis: Redis,
  failed: (name: string, args: unknown[], error: Error) => void,
): { redis: Redis; faults: Faults } {
  let slow: { ms: number; command: string | undefined } | null = null;
  let broken: { command: string | undefined } | null = null;
  const gate = createGate();
  const delayed = new Set<Promise<unknown>>();

  const isBroken = (name: string) => broken !== null && [undefined, name].includes(broken.command);
  const delayOf = (name: string) => (slow && [undefined, name].includes(slow.command) ? slow.ms : 0);

  /** Issues a command later, on behalf of the line of code that runs now. */
  function later(wait: Promise<void>, issue: () => Promise<unknown>): Promise<unknown> {
    const place = codeHere();
    const reply = wait.then(() => onBehalfOf(place, issue));
    const forget = () => delayed.delete(reply);
    delayed.add(reply);
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
          if (isBroken(property)) {
            failed(property, args, noConnection());
            return failingChain();
          }
          const ms = delayOf(property);
          if (ms === 0) return method(...args);
          return slowChain(method(...args) as object, (exec) => later(milliseconds(ms), exec));
        };
      }
      if (typeof property !== 'string' || !isCommand(property)) return method;
      return (...args: unknown[]) => {
        if (isBroken(property)) {
          const error = noConnection();
          failed(property, args, error);
          return Promise.reject(error);
        }
        const ms = delayOf(property);
        const wait = ms > 0 ? milliseconds(ms) : gate.waitFor(property);
        return wait ? later(wait, () => method(...args)) : method(...args);
      };
    },
  });
  return {
    redis: client,
    faults: {
      slow(ms, command) {
        slow = ms > 0 ? { ms, command } : null;
      },
      slowArrived: async () => void (await Promise.allSettled(delayed)),
      hold: gate.close,
      held: gate.reached,
      release: gate.open,
      break(command) {
        broken = { command };
      },
      mend() {
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
  let watchers: { count: number; resolve: () => void }[] = [];

  return {
    close(command: string): void {
      closed = command;
    },
    open(): void {
      closed = null;
      for (const go of held.splice(0)) go();
    },
    reached: (count: number): Promise<void> =>
      new Promise((resolve) => (held.length >= count ? resolve() : watchers.push({ count, resolve }))),
    /** Resolves when that command may be sent; undefined if it may be sent at once. */
    waitFor(command: string): Promise<void> | undefined {
      if (command !== closed) return undefined;
      const wait = new Promise<void>((resolve) => held.push(resolve));
      for (const { count, resolve } of watchers) if (held.length >= count) resolve();
      watchers = watchers.filter(({ count }) => held.length < count);
      return wait;
    },
  };
}

const milliseconds = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The error of ioredis when it has no connection. */
const noConnection = () => new Error("Stream isn't writeable and enableOfflineQueue options is false");

/** Accepts any commands and fails when it is executed. */
function failingChain(): object {
  const chain: object = new Proxy(
    {},
    { get: (_, name) => (name === 'exec' ? () => Promise.reject(noConnection()) : () => chain) },
  );
  return chain;
}

/** The same chain. `later` decides when it is executed. */
function slowChain(chain: object, later: (exec: () => Promise<unknown>) => Promise<unknown>): object {
  const slow: object = new Proxy(chain, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'exec') return () => later(() => value.call(target));
      return (...args: unknown[]) => {
        const result = value.apply(target, args);
        return result === target ? slow : result;
      };
    },
  });
  return slow;
}
