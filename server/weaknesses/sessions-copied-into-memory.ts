import { RedisStore } from 'connect-redis';
import type { SessionData, Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** The records are in Redis, and each process keeps a copy of those that it has read or written, to save time. */
export function createSessionStore({ redis }: Services): Store {
  return new CopyingStore({ client: redis, prefix: 'sess:' });
}

class CopyingStore extends RedisStore {
  readonly #copies = new Map<string, string>();

  override async get(sid: string, callback: (error?: unknown, session?: SessionData | null) => void): Promise<void> {
    const copy = this.#copies.get(sid);
    if (copy !== undefined) return void callback(null, JSON.parse(copy));
    await super.get(sid, (error?: unknown, session?: SessionData | null) => {
      if (session) this.#copies.set(sid, JSON.stringify(session));
      callback(error, session);
    });
  }

  override async set(sid: string, session: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    this.#copies.set(sid, JSON.stringify(session));
    await super.set(sid, session, callback);
  }

  override async destroy(sid: string, callback?: (error?: unknown) => void): Promise<void> {
    this.#copies.delete(sid);
    await super.destroy(sid, callback);
  }
}
