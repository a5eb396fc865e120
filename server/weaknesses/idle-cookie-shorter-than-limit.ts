import { RedisStore } from 'connect-redis';
import type { SessionOptions, Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

const oneDay = 24 * 60 * 60;

/** The cookie expires a sixth earlier than the limit says. Only the browser knows that. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, maxAge: (services.idleMs * 5) / 6 } };
}

/** The record still has a lifetime of its own. */
export function createSessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', ttl: () => oneDay });
}
