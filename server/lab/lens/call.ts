import { exists, hasFlag } from '@ioredis/commands';
import { Command } from 'ioredis';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';

/** One Redis command as it goes over the wire. */
export interface Call {
  /** Lower case. */
  name: string;
  /** Flat; keys with their namespace. */
  args: string[];
  /** The keys among the arguments, with their namespace. */
  keys: string[];
  writes: boolean;
}

export const isCommand = (name: string) => exists(name);

/** ioredis itself works out what the arguments become: arrays and objects flattened, keys found and prefixed. */
export function describeCall(name: string, args: unknown[], keyPrefix: string): Call {
  const given = args.filter((arg) => typeof arg !== 'function') as ConstructorParameters<typeof Command>[1];
  const command = new Command(name, given, { keyPrefix });
  // Never sent, so never settled: without this a transformer that throws would be an unhandled rejection of ours.
  command.promise.catch(() => {});
  return {
    name,
    args: command.args.map(String),
    keys: command.getKeys().map(String),
    writes: !hasFlag(name, 'readonly'),
  };
}

/** These only move the end of a key's life. */
export const setsLifetimeOnly = (name: string) => /^(p?expire(at)?|persist|touch)$/.test(name);

/** These write the whole value anew, so that even the same value is a new one. */
export const setsWhole = (name: string) => /^(set|p?setex)$/.test(name);

/** The type a key has after a write command that succeeded; undefined where the name does not tell (`del`, `eval`, `rename`). */
export function typeWrittenBy(name: string): KeyValue['type'] | undefined {
  if (/^(set|setex|psetex|setnx|mset|getset|getex|append|setrange|(incr|decr)(by|byfloat)?)$/.test(name))
    return 'string';
  if (/^h(set|setnx|mset|del|incrby|incrbyfloat)$/.test(name)) return 'hash';
  if (/^s(add|rem|pop|move)$/.test(name)) return 'set';
  if (/^z(add|rem|incrby|popmin|popmax|rem.*)$/.test(name)) return 'zset';
  if (/^[lr](push|pushx|pop|set|trim|insert|rem)$/.test(name)) return 'list';
  return undefined;
}
