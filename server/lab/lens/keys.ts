import type { Redis } from 'ioredis';
import type { KeyCause, KeyChanged, KeyValue } from '../../../scenarios/engine/trace.ts';
import type { Clock } from '../time/clock.ts';
import { type Call, setsLifetimeOnly, setsWhole, typeWrittenBy } from './call.ts';
import { isValueType, readValue } from './value.ts';

/** What Redis said of a key the last time it was asked. */
interface Known {
  value: KeyValue;
  /** Sandbox milliseconds; null: never. */
  expiresAt: number | null;
}

type Look = Known | null;

/** PTTL is asked and answered a moment apart: an end of life that moved by less than this has not been moved. Milliseconds. */
const sameMoment = 250;

/** A key that is due is gone within milliseconds; longer than this it is not waited for. Milliseconds. */
const patience = 2000;

/** Of how many names that are gone it is watched whether they come back. */
const mostGone = 50;

export type KeyChange = Pick<KeyChanged, 'key' | 'change' | 'value' | 'expiresAt' | 'cause'>;

/**
 * Knows the sandbox's keys from the commands that touched them, and asks Redis for those alone: searching somebody's whole
 * database for a few keys costs 50 to 80 ms where 100,000 others live. Names are without the namespace; `redis` adds it.
 */
export function createKeyWatch(redis: Redis, namespace: string, clock: Clock, tell: (change: KeyChange) => void) {
  const known = new Map<string, Known>();
  /** The keys of commands that are not told of yet; a name twice where two commands wrote it. */
  const beingWritten: string[] = [];
  /** Settles when the command before has been told of: a look that needs fewer answers may be over earlier than one before it. */
  let lastCommand: Promise<void> = Promise.resolve();
  /** Names that were there and are not: somebody may set them again, and then they are the sandbox's to show and to delete. */
  const gone = new Set<string>();
  let aging = false;

  const knownType = (name: string) => known.get(name)?.value.type;

  /** @param type what it should be by now; undefined: Redis is asked */
  async function look(name: string, type: KeyValue['type'] | undefined): Promise<Look> {
    try {
      if (type === undefined) {
        const found = await redis.type(name);
        if (!isValueType(found)) return null;
        type = found;
      }
      // In one tick, so that they go out together: behind a write of the app they see what that write left.
      const asked = clock.now();
      const [ttl, value] = await Promise.all([redis.pttl(name), readValue(redis, name, type)]);
      if (value === null || ttl === -2) return null;
      return { value, expiresAt: ttl === -1 ? null : (asked + clock.now()) / 2 + ttl };
    } catch (error) {
      // Somebody replaced the key by one of another type.
      if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return look(name, undefined);
      throw error;
    }
  }

  /**
   * A command that moves only the end of a key's life leaves the value as it was known when `earlier` was told of. Not to ask
   * for it matters: every request of somebody who is logged in sends an EXPIRE.
   */
  async function lookAtLifetime(name: string, earlier: Promise<void>): Promise<Look> {
    const asked = clock.now();
    const ttl = await redis.pttl(name);
    const answered = clock.now();
    if (ttl === -2) return null;
    await earlier;
    const value = known.get(name)?.value;
    return value ? { value, expiresAt: ttl === -1 ? null : (asked + answered) / 2 + ttl } : look(name, undefined);
  }

  /** Compare with what was known, remember, tell. `rewritten`: a write happened even where nothing looks different. */
  function notice(name: string, now: Look, cause: KeyCause, rewritten: 'set' | 'ttl' | null = null) {
    const before = known.get(name);
    const key = namespace + name;
    if (now === null) {
      if (!before) return;
      known.delete(name);
      gone.add(name);
      const [oldest] = gone;
      if (oldest !== undefined && gone.size > mostGone) gone.delete(oldest);
      const due = before.expiresAt !== null && before.expiresAt <= clock.now() + sameMoment;
      const expired = due && cause.by !== 'command' && cause.by !== 'manual';
      tell({
        key,
        change: expired ? 'expired' : 'deleted',
        value: null,
        expiresAt: null,
        cause: expired ? { by: 'time' } : cause,
      });
      return;
    }
    const change =
      !before || !sameValue(before.value, now.value)
        ? 'set'
        : (rewritten ?? (sameEnd(before.expiresAt, now.expiresAt) ? null : 'ttl'));
    if (change === null) return;
    known.set(name, now);
    gone.delete(name);
    tell({ key, change, ...now, cause });
  }

  /** Look at every known key for what happened by itself or by somebody else's hand. */
  async function lookAround(): Promise<void> {
    if (aging) return;
    await Promise.all(
      [...known.keys(), ...gone].map(async (name) => {
        const now = await look(name, knownType(name));
        // What is different there is told as the command's doing, not as somebody else's.
        if (!beingWritten.includes(name)) notice(name, now, { by: 'outside' });
      }),
    );
  }

  async function dueAreGone(): Promise<void> {
    const due = [...known].filter(([, { expiresAt }]) => expiresAt !== null && expiresAt <= clock.now());
    const giveUp = performance.now() + patience;
    let left = due.map(([name]) => name);
    // Asking for a key that is due is what makes Redis expire it; by itself it takes up to 100 ms.
    while (left.length > 0 && performance.now() < giveUp) {
      const there = await Promise.all(left.map((name) => redis.exists(name)));
      left = left.filter((_, index) => there[index] === 1);
    }
  }

  return {
    /** The names known to be there. */
    names: () => [...known.keys()],

    /** The type it was seen to have; undefined for a key that is not there. */
    typeOf: (name: string) => knownType(name),

    /** Look at what a command of the app left behind. To be called in the tick it was issued in. */
    afterCommand(call: Call, command: number, reply: Promise<unknown>): Promise<void> {
      const names = call.keys.map((key) => key.slice(namespace.length));
      const earlier = lastCommand;
      const looks = names.map((name) =>
        setsLifetimeOnly(call.name) && known.has(name)
          ? lookAtLifetime(name, earlier)
          : look(name, typeWrittenBy(call.name) ?? knownType(name)),
      );
      // EXPIRE answers 0 when it changed nothing, a failed command rejects.
      const answered = reply.then(
        (value) => value !== 0,
        () => false,
      );
      // All at once: a look that fails while another answer is still to come must not be a rejection nobody handles.
      const seen = Promise.all([answered, ...looks]);

      async function tellInTurn() {
        beingWritten.push(...names);
        try {
          const [changed, ...found] = await seen;
          await earlier;
          const rewritten = !changed ? null : setsLifetimeOnly(call.name) ? 'ttl' : setsWhole(call.name) ? 'set' : null;
          for (const [index, name] of names.entries()) {
            const now = found[index] ?? null;
            // A command that changed nothing deleted nothing: somebody else was faster.
            notice(name, now, now === null && !changed ? { by: 'outside' } : { by: 'command', command }, rewritten);
          }
        } finally {
          for (const name of names) beingWritten.splice(beingWritten.indexOf(name), 1);
        }
      }
      const told = tellInTurn();
      lastCommand = told.catch(() => {});
      return told;
    },

    lookAround,

    /**
     * Let a hand change a key, and tell of it as that hand's doing.
     * @param change does it, and resolves to whether there was something to do it to
     * @param rewritten what a change is that left the value as it was
     */
    async byHand(name: string, rewritten: 'set' | 'ttl', change: () => Promise<boolean>): Promise<boolean> {
      beingWritten.push(name);
      try {
        const changed = await change();
        const now = await look(name, undefined);
        // What is gone although nothing was done to it was taken by somebody else.
        notice(name, now, { by: now === null && !changed ? 'outside' : 'manual' }, changed ? rewritten : null);
        return changed;
      } finally {
        beingWritten.splice(beingWritten.indexOf(name), 1);
      }
    },

    /**
     * Make every key `ms` older, then call `moved`. A key aged to its end gets a last millisecond, so that Redis itself expires
     * it; until that is over nobody else looks, or the last millisecond would be taken for somebody's doing.
     */
    async age(ms: number, moved: () => void): Promise<void> {
      aging = true;
      try {
        await Promise.all(
          [...known.keys()].map(async (name) => {
            const ttl = await redis.pttl(name);
            if (ttl >= 0) await redis.pexpire(name, Math.max(1, ttl - ms));
          }),
        );
        moved();
        await dueAreGone();
      } finally {
        aging = false;
      }
      await lookAround();
    },

    /** Wait for Redis to expire what is due by now, and tell of it. */
    async expireDue(): Promise<void> {
      await dueAreGone();
      await lookAround();
    },

    /** The keys of a prefix as Redis has them now. */
    async read(prefix: string): Promise<{ name: string; value: KeyValue; expiresIn: number | null }[]> {
      const names = [...known.keys()].filter((name) => name.startsWith(prefix)).sort();
      const looks = await Promise.all(names.map(async (name) => ({ name, found: await look(name, knownType(name)) })));
      return looks.flatMap(({ name, found }) =>
        found
          ? [{ name, value: found.value, expiresIn: found.expiresAt === null ? null : found.expiresAt - clock.now() }]
          : [],
      );
    },

    /** Everything of ours, gone. */
    async deleteAll(): Promise<void> {
      const names = [...known.keys(), ...gone];
      if (names.length > 0) await redis.del(...names);
      known.clear();
    },
  };
}

export type KeyWatch = ReturnType<typeof createKeyWatch>;

function sameEnd(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < sameMoment;
}

const sameValue = (a: KeyValue, b: KeyValue) => a === b || JSON.stringify(a) === JSON.stringify(b);
