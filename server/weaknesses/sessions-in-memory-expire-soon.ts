import session, { type SessionOptions, type Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

const oneMinute = 60_000;

/** The records are in the memory of this process, and expire after a minute, so that few of them are valid at once. */
export function createSessionStore(): Store {
  return new session.MemoryStore();
}

export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, maxAge: Math.min(services.idleMs, oneMinute) } };
}
