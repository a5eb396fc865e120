import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyNotices } from '../../redis/notices.ts';
import type { Clock } from '../time/clock.ts';
import type { KeyWatch } from './keys.ts';

/** How long notices are gathered before keys are read. By then, what the app itself wrote has been read. Milliseconds. */
const gatherMs = 10;

/** How often all keys are read where Redis does not tell which ones change. Milliseconds. */
const lookEvery = 1000;

/** How long after its expiry a key is read. Redis deletes an expired key when somebody reads it. Milliseconds. */
const afterDue = 2;

/** How long a step waits at its end for notices that are under way. Milliseconds. */
const patience = 200;

/** The longest that a timer of Node can wait. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * Notices changes of keys by others and by time: it reads a key when Redis reports a change of it, and when it is due.
 * While nobody watches, it only remembers which keys to read.
 */
export function createOutsideWatch(keys: KeyWatch, notices: KeyNotices, namespace: string, clock: Clock) {
  /** One token per call of `watch`. */
  const watchers = new Set<symbol>();
  /** Names of keys that have changed, without the namespace. */
  const changed = new Set<string>();
  /** Whether changes may have been missed, so that all keys are to be looked at. */
  let missed = true;
  let looking = Promise.resolve();
  let gathering: NodeJS.Timeout | undefined;
  let due: { at: number; timer: NodeJS.Timeout } | undefined;
  let interval: NodeJS.Timeout | undefined;

  const stopListening = notices.listen(namespace, (names) => {
    if (names === null) missed = true;
    else for (const name of names) changed.add(name.slice(namespace.length));
    lookSoon();
  });

  function lookSoon(): void {
    if (watchers.size > 0) gathering ??= setTimeout(look, gatherMs).unref();
  }

  /** One look after the other. */
  function look(): Promise<void> {
    clearTimeout(gathering);
    gathering = undefined;
    looking = looking.then(lookOnce);
    return looking;
  }

  async function lookOnce(): Promise<void> {
    const everything = missed;
    const names = [...changed];
    missed = false;
    changed.clear();
    try {
      for (const name of await (everything ? keys.checkAll(names) : keys.check(names))) changed.add(name);
    } catch {
      // Redis is lost. When it is back, all keys are read.
      missed = true;
      return;
    }
    if (changed.size > 0) lookSoon();
    waitForDue(keys.nextDue());
  }

  /** @param at sandbox milliseconds; null: nothing expires */
  function waitForDue(at: number | null): void {
    if (watchers.size === 0 || at === null || (due && due.at <= at)) return;
    clearTimeout(due?.timer);
    const ms = Math.min(Math.max(at - clock.now(), 0) + afterDue, longestTimer);
    due = { at, timer: setTimeout(lookAtDue, ms).unref() };
  }

  function lookAtDue(): void {
    due = undefined;
    for (const name of keys.due()) changed.add(name);
    if (changed.size > 0) void look();
    else waitForDue(keys.nextDue());
  }

  /** Makes all keys be read: now, or as soon as somebody watches. */
  function missedSome(): void {
    missed = true;
    lookSoon();
  }

  return {
    /** Notices changes until the returned function is called: while a page is open or a step is played. */
    watch(): () => void {
      const watcher = Symbol('watcher');
      watchers.add(watcher);
      for (const name of keys.due()) changed.add(name);
      if (missed || changed.size > 0) lookSoon();
      waitForDue(keys.nextDue());
      if (notices.untold !== null) interval ??= setInterval(missedSome, lookEvery).unref();
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0) pause();
      };
    },

    missedSome,

    /** Resolves when what others have done so far is in the trace. It does not wait long, because a lost Redis sends no notices. */
    async settled(): Promise<void> {
      if (watchers.size === 0) return;
      await Promise.race([notices.arrived().catch(() => {}), sleep(patience, undefined, { ref: false })]);
      if (missed || changed.size > 0) await look();
    },

    /** A key has got another time to live. @param at when it is due; null: never */
    dueAt: waitForDue,

    /** Time has jumped: what was far off may be due. */
    jumped(): void {
      clearTimeout(due?.timer);
      due = undefined;
      waitForDue(keys.nextDue());
    },

    stop(): void {
      watchers.clear();
      pause();
      stopListening();
    },
  };

  function pause(): void {
    clearTimeout(gathering);
    clearTimeout(due?.timer);
    clearInterval(interval);
    gathering = due = interval = undefined;
  }
}
