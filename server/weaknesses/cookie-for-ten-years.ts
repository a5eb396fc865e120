import { RedisStore } from 'connect-redis';
import type { SessionOptions, Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

const tenYears = 10 * 365 * 24 * 60 * 60 * 1000;

/** Nobody shall be logged out: the cookie lasts ten years. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, maxAge: tenYears } };
}

/** And the records go after the idle limit, to keep Redis small. */
export function sessionStore({ redis, idle }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', ttl: () => Math.ceil(idle / 1000) });
}
