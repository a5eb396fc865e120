import { CommandError } from './protocol.ts';

/** A value of a key: text, or the members of a list, a set, a hash or a sorted set. Text is latin1. */
export type Value =
  | { type: 'string'; text: string }
  | { type: 'list'; items: string[] }
  | { type: 'set'; members: Set<string> }
  | { type: 'hash'; fields: Map<string, string> }
  | { type: 'zset'; scores: Map<string, number> };

type ValueOf<Type extends Value['type']> = Extract<Value, { type: Type }>;

interface Entry {
  value: Value;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
}

/**
 * The data set of a mock: keys, their values and when they expire. It has no timers: it deletes a key that is due when it is asked
 * for it, as Redis does, too.
 */
export function openDatabase() {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(key: string) => void>();
  const modified = (key: string) => {
    for (const changed of listeners) changed(key);
  };
  const isDue = ({ expiresAt }: Entry) => expiresAt !== null && expiresAt <= Date.now();

  function entryOf(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || !isDue(entry)) return entry;
    remove(key);
    return undefined;
  }

  /** Removes a key with its time to live. Returns whether it was there. */
  function remove(key: string): boolean {
    const entry = entries.get(key);
    if (entry === undefined) return false;
    entries.delete(key);
    modified(key);
    return !isDue(entry);
  }

  /** @param expiresAt milliseconds since 1970; null: never */
  function store(key: string, value: Value, expiresAt: number | null): void {
    if (isEmpty(value)) return void remove(key);
    entries.set(key, { value, expiresAt });
    modified(key);
  }

  return {
    /** @throws CommandError if the key has another type */
    find<Type extends Value['type']>(key: string, type: Type): ValueOf<Type> | undefined {
      const value = entryOf(key)?.value;
      if (value === undefined || value.type === type) return value as ValueOf<Type> | undefined;
      throw new CommandError('WRONGTYPE Operation against a key holding the wrong kind of value');
    },
    /** Stores what a key holds. It keeps its time to live. A key without members is deleted. */
    keep: (key: string, value: Value) => store(key, value, entryOf(key)?.expiresAt ?? null),
    remove,
    has: (key: string) => entryOf(key) !== undefined,
    value: (key: string) => entryOf(key)?.value,
    /** Stores a value in place of whatever the key holds, without a time to live. */
    replace: (key: string, value: Value) => store(key, value, null),
    keys: () => [...entries].filter(([, entry]) => !isDue(entry)).map(([key]) => key),
    /** When the key expires, in milliseconds since 1970; null: never, or there is no such key. */
    expiresAt: (key: string): number | null => entryOf(key)?.expiresAt ?? null,
    /** @param at milliseconds since 1970; null: never. A time in the past deletes the key. */
    expireAt(key: string, at: number | null): void {
      const entry = entryOf(key);
      if (!entry) return;
      if (at !== null && at <= Date.now()) return void remove(key);
      entry.expiresAt = at;
      modified(key);
    },
    /** Calls back with the name of each key that changes, in the same tick. */
    onChange(changed: (key: string) => void): () => void {
      listeners.add(changed);
      return () => void listeners.delete(changed);
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
