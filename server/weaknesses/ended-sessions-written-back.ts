import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** connect-redis as it comes: a request that ends later than its session writes the whole record back. */
export function sessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:' });
}
