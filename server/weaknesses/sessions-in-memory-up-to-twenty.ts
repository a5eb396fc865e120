import session, { type SessionData, type Store } from 'express-session';

const mostRecords = 20;

/** The records are in the memory of this process. A new one takes the place of the oldest when there are too many. */
export function createSessionStore(): Store {
  return new BoundedStore();
}

class BoundedStore extends session.MemoryStore {
  /** The IDs of the sessions, oldest first. */
  #ids = new Set<string>();

  override set(sid: string, record: SessionData, callback?: (error?: unknown) => void): void {
    this.#ids.add(sid);
    super.set(sid, record, callback);
    const [oldest] = this.#ids;
    if (this.#ids.size > mostRecords) this.destroy(oldest!);
  }

  override destroy(sid: string, callback?: (error?: unknown) => void): void {
    this.#ids.delete(sid);
    super.destroy(sid, callback);
  }
}
