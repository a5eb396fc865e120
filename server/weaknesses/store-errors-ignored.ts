import { RedisStore } from 'connect-redis-9';
import type { SessionData, Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** No page fails because of a session that could not be stored. Nobody learns of it either. */
class ForgivingStore extends RedisStore {
  override async set(sid: string, session: SessionData, done?: (error?: unknown) => void): Promise<void> {
    await super.set(sid, session, () => done?.());
  }
}

export function createSessionStore({ redis }: Services): Store {
  return new ForgivingStore({ client: redis, prefix: 'sess:' });
}
