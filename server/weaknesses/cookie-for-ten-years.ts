import { RedisStore } from 'connect-redis';
import type { SessionOptions, Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

const tenYears = 10 * 365 * 24 * 60 * 60 * 1000;

/** Nobody should be logged out, so the cookie lasts ten years. */
export function sessionOptions(services: Services): SessionOptions {
  const options = usual(services);
  return { ...options, cookie: { ...options.cookie, maxAge: tenYears } };
}

/** Redis should stay small, so the records expire after the idle limit. */
export function createSessionStore({ redis, idleMs }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:', ttl: () => Math.ceil(idleMs / 1000) });
}
