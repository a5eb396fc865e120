import type { Redis } from 'ioredis';
import type { Audit } from './audit.ts';
import type { Users } from './db.ts';

/** What the app is given from outside. In production: one file reads the environment, connects, and calls createApp. */
export interface Services {
  redis: Redis;
  users: Users;
  /**
   * Signs the session cookie. At least 32 random bytes, from the environment, never from the code. With several, the first
   * signs and all are accepted: put a new one in front, and drop the old one when the longest session is over.
   */
  secret: string | string[];
  /** Milliseconds a session lives without a request. Any request renews it. */
  idle: number;
  /** Milliseconds a session lives at the most, however busy it is. Nothing renews it. */
  absolute: number;
  /** Milliseconds for which a typed password counts, where the person is asked for and not only the cookie. */
  recent: number;
  /** Milliseconds since 1970; every time the app stores comes from here. */
  now: () => number;
  /** Who did what to which account, for those who watch over the shop. */
  audit: Audit;
  mail: (message: { to: string; subject: string; text: string }) => void;
  /** The payment provider: takes its time, resolves when the money has moved. */
  charge: (orderId: string) => Promise<void>;
  /** Where errors go that the client is told nothing about. */
  log: (error: unknown) => void;
}

/** The current secret: the one that signs. */
export const signingSecret = ({ secret }: Services): string => (Array.isArray(secret) ? secret[0]! : secret);
