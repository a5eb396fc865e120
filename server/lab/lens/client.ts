import type { Redis } from 'ioredis';
import { type Call, describeCall, isCommand } from './commands.ts';

/** Called for every command at the moment it is issued, with a promise of its reply. */
export type Watch = (call: Call, reply: Promise<unknown>) => void;

export type Method = (...args: unknown[]) => unknown;

/**
 * A client that behaves like the given one, ioredis or ioredis-mock, and reports every command to `watch`. It wraps the client's
 * methods because below them the two have nothing in common.
 */
export function watchedClient(redis: Redis, keyPrefix: string, watch: Watch): Redis {
  const report = (name: string, args: unknown[], reply: unknown) => {
    if (reply instanceof Promise) watch(describeCall(name, args, keyPrefix), reply);
  };
  return wrapMethods(redis, (name, method) => {
    if (name === 'pipeline' || name === 'multi') {
      return (...args) => watchedChain(method(...args) as Chain, report);
    }
    if (!isCommand(name)) return method;
    return (...args) => {
      const reply = method(...args);
      report(name, args, reply);
      return reply;
    };
  });
}

type Chain = object & { exec: () => Promise<[Error | null, unknown][] | null> };

/** The same pipeline() or multi(). Its commands are issued when it is executed; each gets its own reply out of the list. */
function watchedChain(chain: Chain, report: (name: string, args: unknown[], reply: Promise<unknown>) => void): Chain {
  const queued: { name: string; args: unknown[] }[] = [];
  const watched: Chain = wrapMethods(chain, (name, method) => {
    if (name === 'exec') {
      return () => {
        const replies = method() as ReturnType<Chain['exec']>;
        for (const [index, { name, args }] of queued.entries()) {
          const reply = replies.then((all) => replyOf(all?.[index]));
          report(name, args, reply);
        }
        return replies;
      };
    }
    if (!isCommand(name)) return method;
    return (...args) => {
      queued.push({ name, args });
      method(...args);
      return watched;
    };
  });
  return watched;
}

/** The value of one entry of the list that exec() resolves to. Throws its error; null for a transaction that was aborted. */
function replyOf(result: [Error | null, unknown] | undefined): unknown {
  if (!result) return null;
  const [error, value] = result;
  if (error) throw error;
  return value;
}

/** The same object, with `wrap` applied to each of its methods when it is read for the first time. */
export function wrapMethods<Target extends object>(
  target: Target,
  wrap: (name: string, method: Method) => Method,
): Target {
  const methods = new Map<PropertyKey, Method>();
  return new Proxy(target, {
    get(_, property) {
      const known = methods.get(property);
      if (known) return known;
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const bound: Method = value.bind(target);
      const method = typeof property === 'string' ? wrap(property, bound) : bound;
      methods.set(property, method);
      return method;
    },
  });
}
