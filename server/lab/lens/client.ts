import type { Redis } from 'ioredis';
import { type Call, describeCall, isCommand } from './call.ts';

/** Told of every command: at once when it is issued, with a promise of its reply. */
export type Watch = (call: Call, reply: Promise<unknown>) => void;

type Method = (...args: unknown[]) => unknown;

/**
 * A client that behaves as the given one, on ioredis as on ioredis-mock, and tells `watch` of every command. It stands around
 * the client's methods because nothing below them is the same on both.
 */
export function watchedClient(redis: Redis, keyPrefix: string, watch: Watch): Redis {
  const tell = (name: string, args: unknown[], reply: unknown) => {
    if (!isPromise(reply)) return;
    watch(describeCall(name, args, keyPrefix), reply);
  };
  return around(redis, (name, method) => {
    if (name === 'pipeline' || name === 'multi') {
      return (...args) => watchedChain(method(...args) as Chain, (name, args, reply) => tell(name, args, reply));
    }
    if (!isCommand(name)) return method;
    return (...args) => {
      const reply = method(...args);
      tell(name, args, reply);
      return reply;
    };
  });
}

type Chain = object & { exec: () => Promise<[Error | null, unknown][] | null> };

/** pipeline() and multi(): the commands are issued when the chain is executed, and each gets its own reply out of the whole. */
function watchedChain(chain: Chain, tell: (name: string, args: unknown[], reply: Promise<unknown>) => void): Chain {
  const queued: { name: string; args: unknown[] }[] = [];
  const watched: Chain = around(chain, (name, method) => {
    if (name === 'exec') {
      return () => {
        const replies = method() as ReturnType<Chain['exec']>;
        queued.forEach(({ name, args }, index) => {
          tell(
            name,
            args,
            replies.then((all) => settle(all?.[index])),
          );
        });
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

function settle(result: [Error | null, unknown] | undefined): unknown {
  if (!result) return null;
  if (result[0]) throw result[0];
  return result[1];
}

/** The same object with `replace` applied once to each method that is asked for. */
function around<Target extends object>(target: Target, replace: (name: string, method: Method) => Method): Target {
  const methods = new Map<PropertyKey, Method>();
  return new Proxy(target, {
    get(_, property) {
      const known = methods.get(property);
      if (known) return known;
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const bound: Method = value.bind(target);
      const method = typeof property === 'string' ? replace(property, bound) : bound;
      methods.set(property, method);
      return method;
    },
  });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | undefined)?.then === 'function';
}
