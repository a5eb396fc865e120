import { RedisStore } from 'connect-redis-9';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

/** SET has no argument any more that ioredis could spoil, and Redis nothing that would end a record. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', disableTTL: true });
}
