import { olderValue } from '../../../scenarios/engine/older.ts';
import type { KeyCause, KeyChanged, KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Clock } from '../time/clock.ts';

/** A key as Redis reported it last. */
export interface KeyState {
  value: KeyValue;
  /** Sandbox milliseconds; null: never. */
  expiresAt: number | null;
  /** By how many milliseconds that may be wrong: Redis answered PTTL at some moment between the command and its reply. */
  within: number;
}

/** A key as it was read, before anything is concluded from it. */
export interface KeyReading extends KeyState {
  /** By how many milliseconds all keys had been made older when it was read. */
  agedBy: number;
}

export type KeyChange = Pick<KeyChanged, 'key' | 'change' | 'value' | 'expiresAt' | 'cause'>;

/** An expiry that differs by less than this, and by less than the readings may be wrong, has not been moved. Milliseconds. */
const sameMoment = 250;

/** How many deleted names are remembered, because somebody may set them again. */
const mostDeleted = 50;

/**
 * What the trace says of the sandbox's keys so far: each reading is compared with it, and a difference is reported. Names are
 * without the namespace. It never asks Redis.
 *
 * @param report called for each change, in the order in which the readings come
 */
export function createKnownKeys(namespace: string, clock: Clock, report: (change: KeyChange) => void) {
  const states = new Map<string, KeyState>();
  /** Names of keys that were deleted or expired. If somebody sets one again, the sandbox shows it, and deletes it at its end. */
  const deleted = new Set<string>();
  /** By how many milliseconds all keys have been made older. */
  let agedBy = 0;
  let ended = false;

  function forget(name: string): void {
    states.delete(name);
    deleted.add(name);
    const [oldest] = deleted;
    if (oldest !== undefined && deleted.size > mostDeleted) deleted.delete(oldest);
  }

  function missing(name: string, cause: KeyCause): void {
    const before = states.get(name);
    if (!before) return;
    forget(name);
    const due = before.expiresAt !== null && before.expiresAt <= clock.now() + sameMoment;
    const expired = due && (cause.by === 'time' || cause.by === 'outside');
    report({
      key: namespace + name,
      change: expired ? 'expired' : 'deleted',
      value: null,
      expiresAt: null,
      cause: expired ? { by: 'time' } : cause,
    });
  }

  function found(name: string, reading: KeyReading, cause: KeyCause, rewritten: 'set' | 'ttl' | null): void {
    const before = states.get(name);
    // A jump may have come between the reading and its turn.
    const { expiresAt, within } = reading;
    const value = olderValue(reading.value, agedBy - reading.agedBy);
    const now: KeyState = { value, expiresAt, within };
    const change =
      !before || !sameValue(before.value, now.value) ? 'set' : (rewritten ?? (sameExpiry(before, now) ? null : 'ttl'));
    if (change === null) return;
    states.set(name, now);
    deleted.delete(name);
    report({ key: namespace + name, change, value, expiresAt, cause });
  }

  return {
    /** Names of the keys that exist. */
    names: () => [...states.keys()],

    /** Names of the keys that exist, and of those deleted last. */
    namesWithDeleted: () => [...states.keys(), ...deleted],

    /** Values by name. */
    values: () => new Map([...states].map(([name, { value }]) => [name, value])),

    /** The value as it was read last; undefined if the key does not exist. */
    valueOf: (name: string): KeyValue | undefined => states.get(name)?.value,

    /** The type as it was read last; undefined if the key does not exist. */
    typeOf: (name: string): KeyValue['type'] | undefined => states.get(name)?.value.type,

    /** By how many milliseconds all keys have been made older. */
    agedBy: () => agedBy,

    /** Names of the keys whose time is over. */
    due: () =>
      [...states].filter(([, { expiresAt }]) => expiresAt !== null && expiresAt <= clock.now()).map(([name]) => name),

    /** When the next key is due, in sandbox milliseconds; null if none ever is. */
    nextDue(): number | null {
      let next: number | null = null;
      for (const { expiresAt } of states.values())
        if (expiresAt !== null && (next === null || expiresAt < next)) next = expiresAt;
      return next;
    },

    /**
     * Compares a reading with what is known of the key, remembers it, and reports a change.
     *
     * @param reading null: the key does not exist
     * @param rewritten the change to report for a write that left the key equal
     */
    update(name: string, reading: KeyReading | null, cause: KeyCause, rewritten: 'set' | 'ttl' | null = null): void {
      if (ended) return;
      if (reading === null) missing(name, cause);
      else found(name, reading, cause, rewritten);
    },

    /** Counts a jump: a reading from before it is `ms` too young. Milliseconds. */
    countJump(ms: number): void {
      agedBy += ms;
    },

    /** Replaces values without a report: the lab itself has made them older. */
    replaceValues(values: Iterable<[name: string, value: KeyValue]>): void {
      for (const [name, value] of values) states.set(name, { ...states.get(name)!, value });
    },

    /** From now on no reading counts: the keys are being deleted. */
    end(): void {
      ended = true;
    },

    /** Forgets the keys that exist. */
    clear(): void {
      states.clear();
    },
  };
}

export type KnownKeys = ReturnType<typeof createKnownKeys>;

function sameExpiry(before: KeyState, now: KeyState): boolean {
  if (before.expiresAt === null || now.expiresAt === null) return before.expiresAt === now.expiresAt;
  return Math.abs(before.expiresAt - now.expiresAt) < sameMoment + before.within + now.within;
}

const sameValue = (a: KeyValue, b: KeyValue) => a === b || JSON.stringify(a) === JSON.stringify(b);
