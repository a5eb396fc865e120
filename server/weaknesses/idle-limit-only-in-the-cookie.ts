import { RedisStore } from 'connect-redis';
import type { Store } from 'express-session';
import type { Services } from '../app/services.ts';

const oneDay = 24 * 60 * 60;

/** The cookie ends after the idle limit, the record after a day: the limit is kept by whoever holds the cookie. */
export function sessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', ttl: () => oneDay });
}
