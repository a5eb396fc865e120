import type { SessionData, Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { recordPrefix } from '../app/session.ts';
import { SessionStore } from '../app/sessionStore.ts';

/** Stores the sessions of users who are logged in, and no others. A visitor's basket is a session too. */
class StoreOfUsers extends SessionStore {
  override async set(sid: string, session: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    if (session.userId === undefined) return callback?.();
    return super.set(sid, session, callback);
  }
}

export function createSessionStore({ redis }: Services): Store {
  return new StoreOfUsers({ client: redis, prefix: recordPrefix });
}
