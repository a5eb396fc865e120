import { RedisStore } from 'connect-redis';
import type { SessionData, SessionOptions, Store } from 'express-session';
import type { Services } from '../app/services.ts';
import { sessionOptions as usual } from '../app/session.ts';

/** Every visit still gets a cookie and a record. */
export function sessionOptions(services: Services): SessionOptions {
  return { ...usual(services), saveUninitialized: true };
}

/** A record without a user and without a basket lives for one minute instead of for the idle limit. */
export function createSessionStore({ redis, idleMs }: Services): Store {
  const ttl = ({ userId, basketId }: SessionData) =>
    userId === undefined && basketId === undefined ? 60 : Math.ceil(idleMs / 1000);
  return new RedisStore({ client: redis, prefix: 'sess:', ttl });
}
