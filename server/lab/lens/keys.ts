import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { KeyCause, KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Clock } from '../time/clock.ts';
import { makeOlder } from './aging.ts';
import { type Call, setsLifetimeOnly, setsWhole, whyNothing } from './commands.ts';
import { createKeyReader } from './keyReader.ts';
import { createKnownKeys, type KeyChange } from './knownKeys.ts';

/** How long to wait until Redis has deleted the keys that are due. It usually takes a few milliseconds. Milliseconds. */
const longestExpiry = 2000;

/** How long a jump waits for the commands before it, because a fault may hold one of them. Milliseconds. */
const longestReport = 250;

/**
 * Follows the sandbox's keys through the commands that touch them, and reads only those: finding a few keys in a database of
 * 100,000 takes 50 to 80 ms. Names are without the namespace; `redis` adds it.
 *
 * @param report called for each change, in the order in which the app issued its commands
 */
export function createKeyWatch(redis: Redis, namespace: string, clock: Clock, report: (change: KeyChange) => void) {
  const known = createKnownKeys(namespace, clock, report);
  const { read, readAfter } = createKeyReader(redis, clock, known);
  /** The keys of commands that are not reported yet; a name is here twice if two commands wrote it. */
  const beingWritten: string[] = [];
  /** Resolves when the last command is reported. Commands are reported in order, although some need more replies than others. */
  let lastCommand: Promise<void> = Promise.resolve();
  /** Names of keys that a command may have written, and that could not be read after it, because Redis was lost. */
  const unread = new Set<string>();
  let aging = false;

  /**
   * Reads these keys for what expired and for what others changed.
   * @returns the names of those that could not be judged, because the app writes them at this moment
   */
  async function check(names: readonly string[]): Promise<string[]> {
    if (aging) return [...names];
    const unclear: string[] = [];
    await Promise.all(
      names.map(async (name) => {
        const now = await read(name, known.typeOf(name));
        // What is different in these is reported as the command's change, not as somebody else's.
        if (beingWritten.includes(name)) unclear.push(name);
        else known.update(name, now, { by: 'outside' });
      }),
    );
    return unclear;
  }

  /** @param more names that may not be known yet */
  const checkAll = (more: readonly string[] = []) =>
    check([...new Set([...known.namesWithDeleted(), ...unread, ...more])]);

  async function untilDueAreDeleted(): Promise<void> {
    const giveUp = performance.now() + longestExpiry;
    let left = known.due();
    // Reading a due key makes Redis delete it; on its own, Redis takes up to 100 ms.
    while (left.length > 0 && performance.now() < giveUp) {
      const there = await Promise.all(left.map((name) => redis.exists(name)));
      left = left.filter((_, index) => there[index] === 1);
    }
  }

  return {
    /** Names of the keys that exist. */
    names: known.names,

    /** The type as it was read last; undefined if the key does not exist. */
    typeOf: known.typeOf,

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
            known.update(
              name,
              now,
              now === null && !changed ? { by: 'outside' } : { by: 'command', command },
              rewritten,
            );
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

    /** When the next key is due, in sandbox milliseconds; null if none ever is. */
    nextDue: known.nextDue,

    /** Names of the keys that are due. */
    due: known.due,

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
        known.update(name, now, now === null && !changed ? { by: 'outside' } : cause, changed ? rewritten : null);
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
        known.countJump(ms);
        const { changed, done } = makeOlder(redis, known.values(), ms);
        // In the same tick, because a reading that is on its way may have its turn before the keys are older.
        known.replaceValues(changed);
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
      const names = known
        .names()
        .filter((name) => name.startsWith(prefix))
        .sort();
      const found = await Promise.all(
        names.map(async (name) => ({ name, state: await read(name, known.typeOf(name)) })),
      );
      return found.flatMap(({ name, state }) => {
        if (!state) return [];
        const { value, expiresAt } = state;
        return [{ name, value, expiresIn: expiresAt === null ? null : expiresAt - clock.now() }];
      });
    },

    /** Deletes every key of the sandbox. */
    async deleteAll(): Promise<void> {
      known.end();
      const names = [...known.namesWithDeleted(), ...unread];
      if (names.length > 0) await redis.del(...names);
      known.clear();
    },
  };
}

export type KeyWatch = ReturnType<typeof createKeyWatch>;
