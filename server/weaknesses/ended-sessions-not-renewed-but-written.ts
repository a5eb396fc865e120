import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** Nothing renews a record at the end of a request. A request that changed its session still writes all of it. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', disableTouch: true });
}
