import type { Redis } from 'ioredis';
import { isCommand } from './call.ts';

/** What a scenario does to the way between the app and Redis. */
export interface Faults {
  slow(ms: number, command: string | undefined): void;
  /** Resolves when every command that was made slow so far has reached Redis. */
  slowArrived(): Promise<void>;
  hold(command: string): void;
  /** Resolves when a command is held. */
  held(): Promise<void>;
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

  const client = new Proxy(redis, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target);
      if (property === 'multi' || property === 'pipeline') {
        return (...args: unknown[]) => {
          if (!hits(broken, property)) return method(...args);
          told(property, args, gone());
          return failingChain();
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
        const wait = ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : gate.waitFor(property);
        if (!wait) return method(...args);
        const arrived = wait.then(() => method(...args));
        onTheWay.add(arrived);
        const forget = () => onTheWay.delete(arrived);
        arrived.then(forget, forget);
        return arrived;
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
  const watchers: (() => void)[] = [];

  return {
    close(command: string): void {
      closed = command;
    },
    open(): void {
      closed = null;
      for (const go of held.splice(0)) go();
    },
    reached: (): Promise<void> => new Promise((resolve) => (held.length > 0 ? resolve() : watchers.push(resolve))),
    /** Resolves when that command may go; undefined when it may at once. */
    waitFor(command: string): Promise<void> | undefined {
      if (command !== closed) return undefined;
      for (const tell of watchers.splice(0)) tell();
      return new Promise((resolve) => held.push(resolve));
    },
  };
}

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
