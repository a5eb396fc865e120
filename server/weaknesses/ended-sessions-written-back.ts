import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** connect-redis without changes: a request that finishes after its session has ended writes the whole record back. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:' });
}
