import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** "The session ends with the cookie's maxAge", so the records get no time to live. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', disableTTL: true });
}
