import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { olderValue } from '../../../scenarios/engine/older.ts';
import type { KeyCause, KeyChanged, KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Clock } from '../time/clock.ts';
import { makeOlder } from './aging.ts';
import {
  type Call,
  isValueType,
  lifetimeGiven,
  readValue,
  setsLifetimeOnly,
  setsWhole,
  typeWrittenBy,
  whyNothing,
} from './commands.ts';

/** A key as Redis reported it last. */
interface KeyState {
  value: KeyValue;
  /** Sandbox milliseconds; null: never. */
  expiresAt: number | null;
}

interface KeyReading extends KeyState {
  /** By how many milliseconds all keys had been made older when it was read. */
  agedBy: number;
}

/** PTTL is sent and answered a moment apart: an expiry that differs by less than this has not been moved. Milliseconds. */
const sameMoment = 250;

/** Redis deletes a key that is due within milliseconds; it is not awaited longer than this. Milliseconds. */
const longestExpiry = 2000;

/** How many deleted names are remembered, because somebody may set them again. */
const mostDeleted = 50;

/** How long a jump waits for the commands before it; one that a fault holds is not waited for. Milliseconds. */
const longestReport = 250;

type KeyChange = Pick<KeyChanged, 'key' | 'change' | 'value' | 'expiresAt' | 'cause'>;

/**
 * Knows the sandbox's keys from the commands that touched them, and reads only those: finding a few keys in a database of
 * 100,000 takes 50 to 80 ms. Names are without the namespace; `redis` adds it.
 * @param report called for each change, in the order in which the app issued its commands
 */
export function createKeyWatch(redis: Redis, namespace: string, clock: Clock, report: (change: KeyChange) => void) {
  const known = new Map<string, KeyState>();
  /** The keys of commands that are not reported yet; a name is here twice if two commands wrote it. */
  const beingWritten: string[] = [];
  /** Resolves when the last command is reported. Commands are reported in order, although some need more replies than others. */
  let lastCommand: Promise<void> = Promise.resolve();
  /** Names of keys that a command may have written, and that could not be read behind it, because Redis was lost. */
  const unread = new Set<string>();
  /** Names of keys that were deleted or expired. If somebody sets one again, the sandbox shows it, and deletes it at its end. */
  const deleted = new Set<string>();
  let aging = false;
  /** The keys are being deleted. A reading that was sent before says nothing any more. */
  let ended = false;
  /** By how many milliseconds all keys have been made older. */
  let agedBy = 0;

  const knownType = (name: string) => known.get(name)?.value.type;

  /**
   * @param type the type it has by now; undefined: Redis is asked for it
   * @returns null if the key does not exist
   */
  async function read(name: string, type: KeyValue['type'] | undefined): Promise<KeyReading | null> {
    try {
      if (type === undefined) {
        const found = await redis.type(name);
        if (!isValueType(found)) return null;
        type = found;
      }
      const [sent, agedBefore] = [clock.now(), agedBy];
      // Sent in one tick, so they run together: after a write of the app they see what that write left.
      const [ttl, value] = await Promise.all([redis.pttl(name), readValue(redis, name, type)]);
      return value === null || ttl === -2 ? null : { value, expiresAt: expiryOf(ttl, sent), agedBy: agedBefore };
    } catch (error) {
      // Somebody replaced the key by one of another type.
      if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return read(name, undefined);
      throw error;
    }
  }

  /**
   * Reads a key after a command that changes only its time to live. The value is the one known when `earlier` resolves; not
   * reading it again matters, because every request with a session sends an EXPIRE.
   */
  async function readLifetime(name: string, earlier: Promise<void>): Promise<KeyReading | null> {
    const sent = clock.now();
    const ttl = await redis.pttl(name);
    return ttl === -2 ? null : withLifetime(name, expiryOf(ttl, sent), earlier);
  }

  /** As `readLifetime`, after a command whose reply says what became of the key: then nobody needs to ask. */
  async function lifetimeOfReply(
    name: string,
    ms: number,
    reply: Promise<unknown>,
    earlier: Promise<void>,
  ): Promise<KeyReading | null> {
    const sent = clock.now();
    const said = await reply.catch(() => undefined);
    if (said === 0) return null;
    return said === 1 ? withLifetime(name, expiryOf(ms, sent), earlier) : readLifetime(name, earlier);
  }

  async function withLifetime(
    name: string,
    expiresAt: number | null,
    earlier: Promise<void>,
  ): Promise<KeyReading | null> {
    await earlier;
    const value = known.get(name)?.value;
    return value ? { value, expiresAt, agedBy } : read(name, undefined);
  }

  function readAfter(call: Call, name: string, reply: Promise<unknown>, earlier: Promise<void>) {
    if (!setsLifetimeOnly(call.name) || !known.has(name))
      return read(name, typeWrittenBy(call.name) ?? knownType(name));
    const ms = lifetimeGiven(call);
    return ms === null ? readLifetime(name, earlier) : lifetimeOfReply(name, ms, reply, earlier);
  }

  /** @param sent when PTTL was sent; Redis executed it about halfway between then and now */
  const expiryOf = (ttl: number, sent: number) => (ttl === -1 ? null : (sent + clock.now()) / 2 + ttl);

  /**
   * Compares a key with what is known of it, remembers it, and reports a change.
   * @param rewritten the change to report for a write that left the key equal
   */
  function update(
    name: string,
    reading: KeyReading | null,
    cause: KeyCause,
    rewritten: 'set' | 'ttl' | null = null,
  ): void {
    if (ended) return;
    const before = known.get(name);
    const key = namespace + name;
    if (reading === null) {
      if (!before) return;
      forget(name);
      const due = before.expiresAt !== null && before.expiresAt <= clock.now() + sameMoment;
      const expired = due && (cause.by === 'time' || cause.by === 'outside');
      report({
        key,
        change: expired ? 'expired' : 'deleted',
        value: null,
        expiresAt: null,
        cause: expired ? { by: 'time' } : cause,
      });
      return;
    }
    // A jump may have come between the reading and its turn.
    const now: KeyState = { value: olderValue(reading.value, agedBy - reading.agedBy), expiresAt: reading.expiresAt };
    const change =
      !before || !sameValue(before.value, now.value)
        ? 'set'
        : (rewritten ?? (sameExpiry(before.expiresAt, now.expiresAt) ? null : 'ttl'));
    if (change === null) return;
    known.set(name, now);
    deleted.delete(name);
    report({ key, change, ...now, cause });
  }

  function forget(name: string): void {
    known.delete(name);
    deleted.add(name);
    const [oldest] = deleted;
    if (oldest !== undefined && deleted.size > mostDeleted) deleted.delete(oldest);
  }

  /**
   * Reads these keys for what expired and for what others changed.
   * @returns the names of those that could not be judged, because the app writes them at this moment
   */
  async function check(names: readonly string[]): Promise<string[]> {
    if (aging) return [...names];
    const unclear: string[] = [];
    await Promise.all(
      names.map(async (name) => {
        const now = await read(name, knownType(name));
        // What is different in these is reported as the command's change, not as somebody else's.
        if (beingWritten.includes(name)) unclear.push(name);
        else update(name, now, { by: 'outside' });
      }),
    );
    return unclear;
  }

  /** @param more names that may not be known yet */
  const checkAll = (more: readonly string[] = []) =>
    check([...new Set([...known.keys(), ...deleted, ...unread, ...more])]);

  const due = () =>
    [...known].filter(([, { expiresAt }]) => expiresAt !== null && expiresAt <= clock.now()).map(([name]) => name);

  async function untilDueAreDeleted(): Promise<void> {
    const giveUp = performance.now() + longestExpiry;
    let left = due();
    // Reading a due key makes Redis delete it; on its own, Redis takes up to 100 ms.
    while (left.length > 0 && performance.now() < giveUp) {
      const there = await Promise.all(left.map((name) => redis.exists(name)));
      left = left.filter((_, index) => there[index] === 1);
    }
  }

  return {
    /** Names of the keys that exist. */
    names: () => [...known.keys()],

    /** The type as it was read last; undefined if the key does not exist. */
    typeOf: knownType,

    /** Reads what a command of the app left, and reports it. To be called in the tick in which the command was issued. */
    afterCommand(call: Call, command: number, reply: Promise<unknown>): Promise<void> {
      const names = call.keys.map((key) => key.slice(namespace.length));
      const earlier = lastCommand;
      const states = names.map((name) => readAfter(call, name, reply, earlier));
      // EXPIRE replies 0 when it changed nothing, SET with NX nil. A command that failed rejects.
      const changedSomething = reply.then(
        (value) => value !== 0 && whyNothing(call, value) === null,
        () => false,
      );
      // All at once: a state that cannot be read while another reply is awaited must not be an unhandled rejection.
      const outcome = Promise.all([changedSomething, ...states]);

      async function updateInTurn() {
        beingWritten.push(...names);
        for (const name of names) unread.add(name);
        try {
          const [changed, ...found] = await outcome;
          for (const name of names) unread.delete(name);
          await earlier;
          const rewritten = !changed ? null : setsLifetimeOnly(call.name) ? 'ttl' : setsWhole(call.name) ? 'set' : null;
          for (const [index, name] of names.entries()) {
            const now = found[index] ?? null;
            // A command that changed nothing has deleted nothing: somebody else was faster.
            update(name, now, now === null && !changed ? { by: 'outside' } : { by: 'command', command }, rewritten);
          }
        } finally {
          for (const name of names) beingWritten.splice(beingWritten.indexOf(name), 1);
        }
      }
      const updated = updateInTurn();
      lastCommand = updated.catch(() => {});
      return updated;
    },

    check,
    checkAll,

    /** Returns the moment at which the next key is due, in sandbox milliseconds; null if none ever is. */
    nextDue(): number | null {
      let next: number | null = null;
      for (const { expiresAt } of known.values())
        if (expiresAt !== null && (next === null || expiresAt < next)) next = expiresAt;
      return next;
    },

    /** Returns the names of the keys that are due. */
    due,

    /**
     * Makes a manual change of one key and reports it as such.
     * @param rewritten the change to report if the key is left equal
     * @param change makes it; resolves to whether there was something to change
     * @param cause what the change is reported as, if there was something to change
     */
    async changeManually(
      name: string,
      rewritten: 'set' | 'ttl',
      change: () => Promise<boolean>,
      cause: KeyCause = { by: 'manual' },
    ): Promise<boolean> {
      beingWritten.push(name);
      try {
        const changed = await change();
        const now = await read(name, undefined);
        // If the key is missing although nothing was changed, somebody else deleted it.
        update(name, now, now === null && !changed ? { by: 'outside' } : cause, changed ? rewritten : null);
        return changed;
      } finally {
        beingWritten.splice(beingWritten.indexOf(name), 1);
      }
    },

    /**
     * Makes every key `ms` older. A key that is due then gets one last millisecond, so that Redis itself expires it; until that
     * is over nothing is checked, because the last millisecond would look like somebody's change.
     * @param moved called when the keys are older; moves the clock
     */
    async age(ms: number, moved: () => void): Promise<void> {
      aging = true;
      try {
        await Promise.race([lastCommand, sleep(longestReport, undefined, { ref: false })]);
        agedBy += ms;
        const { changed, done } = makeOlder(redis, new Map([...known].map(([name, { value }]) => [name, value])), ms);
        // In the same tick, because a reading that is on its way may have its turn before the keys are older.
        for (const [name, value] of changed) known.set(name, { ...known.get(name)!, value });
        await done;
        moved();
        await untilDueAreDeleted();
      } finally {
        aging = false;
      }
      await checkAll();
    },

    /** Waits until Redis has expired what is due by now, and reports it. */
    async expireDue(): Promise<void> {
      await untilDueAreDeleted();
      await checkAll();
    },

    /** Reads the keys with that prefix from Redis, sorted by name. */
    async read(prefix: string): Promise<{ name: string; value: KeyValue; expiresIn: number | null }[]> {
      const names = [...known.keys()].filter((name) => name.startsWith(prefix)).sort();
      const found = await Promise.all(names.map(async (name) => ({ name, state: await read(name, knownType(name)) })));
      return found.flatMap(({ name, state }) => {
        if (!state) return [];
        const { value, expiresAt } = state;
        return [{ name, value, expiresIn: expiresAt === null ? null : expiresAt - clock.now() }];
      });
    },

    /** Deletes every key of the sandbox. */
    async deleteAll(): Promise<void> {
      ended = true;
      const names = [...known.keys(), ...deleted, ...unread];
      if (names.length > 0) await redis.del(...names);
      known.clear();
    },
  };
}

export type KeyWatch = ReturnType<typeof createKeyWatch>;

function sameExpiry(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < sameMoment;
}

const sameValue = (a: KeyValue, b: KeyValue) => a === b || JSON.stringify(a) === JSON.stringify(b);
