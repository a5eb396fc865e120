import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

const oneDay = 24 * 60 * 60;

/** The cookie expires after the idle limit, but the record after a day: only the browser enforces the limit. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', ttl: () => oneDay });
}
