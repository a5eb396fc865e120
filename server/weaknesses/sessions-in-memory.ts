import session, { type Store } from 'express-session';

/** What express-session uses when it gets no store: a table in the memory of this one process. */
export function createSessionStore(): Store {
  return new session.MemoryStore();
}
