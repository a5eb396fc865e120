import { RedisStore } from 'connect-redis';
import session, { type SessionData, type Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** The records are in Redis, and each process keeps a copy of those that it has read or written, to save time. */
export function createSessionStore({ redis }: Services): Store {
  return new CopyingStore(new RedisStore({ client: redis, prefix: 'sess:' }));
}

type Done = (error?: unknown) => void;
type Found = (error: unknown, session?: SessionData | null) => void;

class CopyingStore extends session.MemoryStore {
  readonly #records: RedisStore;

  constructor(records: RedisStore) {
    super();
    this.#records = records;
  }

  override get(sid: string, callback: Found): void {
    super.get(sid, (error, copy) => {
      if (error || copy) return callback(error, copy);
      void this.#records.get(sid, (error?: unknown, record?: SessionData | null) => {
        if (record) super.set(sid, record);
        callback(error, record);
      });
    });
  }

  override set(sid: string, record: SessionData, callback?: Done): void {
    super.set(sid, record);
    void this.#records.set(sid, record, callback);
  }

  override touch(sid: string, record: SessionData, callback?: () => void): void {
    super.touch(sid, record);
    void this.#records.touch(sid, record, callback);
  }

  override destroy(sid: string, callback?: Done): void {
    super.destroy(sid);
    void this.#records.destroy(sid, callback);
  }
}
