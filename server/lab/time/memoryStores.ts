import session, { type MemoryStore, type Store } from 'express-session';
import type { Parts } from '../../app/parts.ts';

/**
 * express-session's MemoryStore keeps `{ [sid]: JSON }` in its process and compares each record's `cookie.expires` with the
 * clock when it is read. Its types do not tell of it.
 */
type Records = MemoryStore & { sessions: Record<string, string> };

/** The stores that keep their records in the app's memory, so that those can grow older with everything else. */
export function createMemoryStores() {
  let stores: Store[] = [];

  return {
    /** The same parts; whatever store they make is known here from then on. */
    watch(parts: Parts): Parts {
      return {
        ...parts,
        sessionStore: (services) => {
          const store = parts.sessionStore(services);
          stores.push(store);
          return store;
        },
      };
    },

    /** The processes ended, and what was in their memory with them. */
    forget(): void {
      stores = [];
    },

    /** Make every record in memory `ms` older. Records elsewhere are Redis's to age. */
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
