import session, { type MemoryStore, type Store } from 'express-session';
import type { Parts } from '../../app/parts.ts';

/**
 * express-session's MemoryStore keeps `{ [sid]: JSON }` in its process and compares each record's `cookie.expires` with the
 * clock when it is read. Its types do not declare this.
 */
type Records = MemoryStore & { sessions: Record<string, string> };

/** The stores that keep session records in the app's memory, so that the records can grow older like everything else. */
export function createMemoryStores() {
  let stores: Store[] = [];

  return {
    /** The same parts. The stores they create from now on are known here. */
    watch(parts: Parts): Parts {
      return {
        ...parts,
        createSessionStore: (services) => {
          const store = parts.createSessionStore(services);
          stores.push(store);
          return store;
        },
      };
    },

    /** Forgets all stores, because the processes that had them in memory have ended. */
    forget(): void {
      stores = [];
    },

    /** Makes every record in memory `ms` older. Records in Redis are aged by the lens. */
    age(ms: number): void {
      for (const store of stores) {
        if (!(store instanceof session.MemoryStore)) continue;
        const { sessions } = store as Records;
        for (const [sid, json] of Object.entries(sessions)) sessions[sid] = older(json, ms);
      }
    },
  };
}

function older(json: string, ms: number): string {
  const record = JSON.parse(json) as { cookie: { expires?: string | null } };
  const { expires } = record.cookie;
  if (expires) record.cookie.expires = new Date(Date.parse(expires) - ms).toISOString();
  return JSON.stringify(record);
}
