import type { EventEmitter } from 'node:events';
import RedisMock from 'ioredis-mock';
import { CommandError } from './protocol.ts';

/** A value of a key: text, or the members of a list, a set, a hash or a sorted set. Text is latin1. */
export type Value =
  | { type: 'string'; text: string }
  | { type: 'list'; items: string[] }
  | { type: 'set'; members: Set<string> }
  | { type: 'hash'; fields: Map<string, string> }
  | { type: 'zset'; scores: Map<string, number> };

type ValueOf<Type extends Value['type']> = Extract<Value, { type: Type }>;

/** What the connections to one host share in ioredis-mock 8.13. Its types leave it out. */
interface Shared {
  context: {
    /** Emits 'modified' with the whole key, in the same tick as the command. */
    modifiedKeyEvents: EventEmitter;
    data: {
      get(key: string): Value | undefined;
      set(key: string, value: Value): void;
      has(key: string): boolean;
      delete(key: string): void;
      keys(): string[];
    };
    expires: {
      get(key: string): number | undefined;
      set(key: string, at: number): void;
      has(key: string): boolean;
      delete(key: string): void;
    };
  };
}

/**
 * The data set of ioredis-mock for one host: keys, their values and when they expire. It deletes a key that is due when it is
 * asked for it.
 *
 * @param host ioredis-mock keeps one data set for each, as long as the process runs
 */
export function openDatabase(host: string) {
  const { context } = new RedisMock({ host, lazyConnect: true }) as unknown as Shared;
  const { data, expires, modifiedKeyEvents } = context;
  modifiedKeyEvents.setMaxListeners(Number.POSITIVE_INFINITY);
  const modified = (key: string) => void modifiedKeyEvents.emit('modified', key);

  /** @throws CommandError if the key has another type */
  function find<Type extends Value['type']>(key: string, type: Type): ValueOf<Type> | undefined {
    const value = data.get(key);
    if (value === undefined || value.type === type) return value as ValueOf<Type> | undefined;
    throw new CommandError('WRONGTYPE Operation against a key holding the wrong kind of value');
  }

  /** Removes a key with its time to live. Returns whether it was there. */
  function remove(key: string): boolean {
    if (!data.has(key)) return false;
    data.delete(key);
    return true;
  }

  /** Stores what a key holds. It keeps its time to live. A key without members is deleted. */
  function keep(key: string, value: Value): void {
    // A key that was due is gone first, with its time to live.
    data.has(key);
    if (isEmpty(value)) remove(key);
    else data.set(key, value);
  }

  return {
    find,
    keep,
    remove,
    has: (key: string) => data.has(key),
    value: (key: string) => data.get(key),
    /** Replaces the value of a key by one of any type, without a time to live. */
    replace(key: string, value: Value): void {
      expires.delete(key);
      keep(key, value);
    },
    keys: () => data.keys(),
    /** When the key expires, in milliseconds since 1970; null: never, or there is no such key. */
    expiresAt: (key: string): number | null => (data.has(key) && expires.has(key) ? (expires.get(key) ?? null) : null),
    /** @param at milliseconds since 1970; null: never. A time in the past deletes the key. */
    expireAt(key: string, at: number | null): void {
      if (at === null) expires.delete(key);
      else if (at <= Date.now()) return void remove(key);
      else expires.set(key, at);
      modified(key);
    },
    /** Calls back with the name of each key that changes, in the same tick. */
    onChange(changed: (key: string) => void): () => void {
      modifiedKeyEvents.on('modified', changed);
      return () => void modifiedKeyEvents.off('modified', changed);
    },
  };
}

export type Database = ReturnType<typeof openDatabase>;

function isEmpty(value: Value): boolean {
  switch (value.type) {
    case 'string':
      return false;
    case 'list':
      return value.items.length === 0;
    case 'set':
      return value.members.size === 0;
    case 'hash':
      return value.fields.size === 0;
    case 'zset':
      return value.scores.size === 0;
  }
}
