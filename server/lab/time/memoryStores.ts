import session, { type MemoryStore, type Store } from 'express-session';
import type { MemoryRecord } from '../../../scenarios/engine/cast.ts';
import { olderRecord } from '../../../scenarios/engine/older.ts';
import type { EventOf } from '../../../scenarios/engine/trace.ts';
import type { Parts } from '../../app/parts.ts';

/**
 * express-session's MemoryStore keeps `{ [sid]: JSON }` in its process and compares each record's `cookie.expires` with the
 * clock when it is read. Its types do not declare this.
 */
type Records = MemoryStore & { sessions: Record<string, string> };

type MemoryEvent = EventOf<'memory'>;

/** What a process did with the records in its memory. `expiresIn` is in ms; null: the record does not expire, or there is none. */
export interface MemoryUse extends Pick<MemoryEvent, 'process' | 'op' | 'sid' | 'value'> {
  expiresIn: number | null;
}

/** The stores of processes that are started together, by the name of their process. */
type Processes = Map<string, Store>;

/**
 * The stores that keep session records in the memory of the app's processes: each use of them is reported, and their records can
 * grow older like everything else.
 *
 * @param report called for each use, in the tick in which it happens
 */
export function createMemoryStores(report: (use: MemoryUse) => void) {
  let running: Processes = new Map();

  return {
    /** Prepares for processes that start together and replace those that run. */
    prepare() {
      const starting: Processes = new Map();
      return {
        /** The same parts for one process. The store that it creates is watched. */
        watch: (parts: Parts, process: string): Parts => ({
          ...parts,
          createSessionStore: (services) => {
            const store = parts.createSessionStore(services);
            if (isMemory(store)) watchStore(store, process, () => running.get(process) === store, report);
            starting.set(process, store);
            return store;
          },
        }),

        /** The processes have started. Those that ran before end, and what they had in memory is lost. */
        replace(): void {
          const ended = running;
          running = starting;
          for (const [process, store] of ended) {
            if (!isMemory(store)) continue;
            for (const sid of Object.keys(store.sessions))
              report({ process, op: 'lost', sid, value: null, expiresIn: null });
          }
        },
      };
    },

    /** Returns what the running processes have in memory. Their own all() and length() would remove the expired records. */
    records: (): MemoryRecord[] =>
      [...running].flatMap(([process, store]) =>
        isMemory(store) ? Object.keys(store.sessions).map((sid) => ({ process, sid })) : [],
      ),

    /** Makes every record in memory `ms` older. Records in Redis are aged by the lens. */
    age(ms: number): void {
      for (const store of running.values()) {
        if (!isMemory(store)) continue;
        const { sessions } = store;
        for (const [sid, json] of Object.entries(sessions)) sessions[sid] = olderRecord(json, ms);
      }
    },
  };
}

const isMemory = (store: Store): store is Records => store instanceof session.MemoryStore;

/**
 * Reports each use of a store in memory. MemoryStore has done its work when its method returns; only the callback comes later.
 *
 * @param isRunning whether its process still runs; what an ended one does with its memory changes nothing
 */
function watchStore(store: Records, process: string, isRunning: () => boolean, report: (use: MemoryUse) => void): void {
  const { get, set, touch, destroy } = store;
  const note = (op: MemoryUse['op'], sid: string) => {
    const value = store.sessions[sid] ?? null;
    if (isRunning()) report({ process, op, sid, value, expiresIn: value === null ? null : expiryOf(value) });
  };
  Object.assign(store, {
    get(...[sid, callback]: Parameters<typeof get>) {
      let had = false;
      get.call(store, sid, (...found) => {
        // A store that looks elsewhere for what it does not have keeps a copy of what it finds.
        if (!had && sid in store.sessions) note('set', sid);
        callback(...found);
      });
      had = sid in store.sessions;
      note('get', sid);
    },
    set(...args: Parameters<typeof set>) {
      set.apply(store, args);
      note('set', args[0]);
    },
    touch(...args: Parameters<typeof touch>) {
      touch.apply(store, args);
      if (args[0] in store.sessions) note('touch', args[0]);
    },
    destroy(...args: Parameters<typeof destroy>) {
      const existed = args[0] in store.sessions;
      destroy.apply(store, args);
      if (existed) note('destroy', args[0]);
    },
  });
}

interface StoredRecord {
  cookie: { expires?: string | null };
}

function expiryOf(json: string): number | null {
  const { expires } = (JSON.parse(json) as StoredRecord).cookie;
  return expires ? Date.parse(expires) - Date.now() : null;
}
