import type { Redis } from 'ioredis';
import type { Users } from './db.ts';

/** What the app is given from outside. In production: one file reads the environment, connects, and calls createApp. */
export interface Services {
  redis: Redis;
  users: Users;
  /** Signs the session cookie. At least 32 random bytes, from the environment, never from the code. */
  secret: string;
  /** Milliseconds a session lives without a request. Any request renews it. */
  idle: number;
  /** Milliseconds a session lives at the most, however busy it is. Nothing renews it. */
  absolute: number;
  /** Milliseconds since 1970; every time the app stores comes from here. */
  now: () => number;
  /** Where errors go that the client is told nothing about. */
  log: (error: unknown) => void;
}
