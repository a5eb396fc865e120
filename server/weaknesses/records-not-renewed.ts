import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { SessionStore } from '../app/sessionStore.ts';

/** Saves a command per request: the record gets its time to live when it is written, and nothing renews it. */
export function createSessionStore({ redis }: Services): Store {
  return new SessionStore({ client: redis, prefix: 'sess:', disableTouch: true });
}
