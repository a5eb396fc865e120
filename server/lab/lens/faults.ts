import type { Redis } from 'ioredis';
import { isCommand } from './call.ts';

/** What a scenario does to the way between the app and Redis. */
export interface Faults {
  slow(ms: number, command: string | undefined): void;
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
  const hits = (fault: { command: string | undefined } | null, name: string) =>
    fault !== null && (fault.command === undefined || fault.command === name);

  const client = new Proxy(redis, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (property === 'multi' || property === 'pipeline') {
        return (...args: unknown[]) => {
          if (!hits(broken, property)) return value(...args);
          told(property, args, gone());
          return failingChain();
        };
      }
      if (typeof property !== 'string' || !isCommand(property)) return value;
      return (...args: unknown[]) => {
        if (hits(broken, property)) {
          const error = gone();
          told(property, args, error);
          return Promise.reject(error);
        }
        const ms = hits(slow, property) ? slow!.ms : 0;
        if (ms === 0) return value(...args);
        return new Promise((resolve) => setTimeout(resolve, ms)).then(() => value(...args));
      };
    },
  });
  return {
    redis: client,
    faults: {
      slow: (ms, command) => {
        slow = ms > 0 ? { ms, command } : null;
      },
      break: (command) => {
        broken = { command };
      },
      mend: () => {
        slow = null;
        broken = null;
      },
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
