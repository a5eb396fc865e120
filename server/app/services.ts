import type { Redis } from 'ioredis';
import type { Audit } from './audit.ts';
import type { Users } from './db.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Something that has happened to an account, for the pages that its user has open. */
export interface AccountEvent {
  userId: number;
  name: 'order_placed' | 'email_changed';
  data: Record<string, unknown>;
}

/** Carries events to every instance of the app, the one where they happen included. start.ts does that with Redis. */
export interface Events {
  publish: (event: AccountEvent) => void | Promise<void>;
  subscribe: (listener: (event: AccountEvent) => void | Promise<void>) => void;
}

/** Hashes passwords, and compares them with hashes. */
export interface Bcrypt {
  hash: (password: string, cost: number) => Promise<string>;
  compare: (password: string, hash: string) => Promise<boolean>;
}

/** What the app needs from outside. start.ts provides it when the app runs alone, and tests provide their own. */
export interface Services {
  redis: Redis;
  users: Users;
  /** The package of that name, or something that does the same work elsewhere, such as in worker threads. */
  bcrypt: Bcrypt;
  /** The cost of new password hashes: bcrypt runs 2^cost rounds. */
  bcryptCost: number;
  /** Where visitors reach the app, for links in mails: `https://shop.example`. */
  publicOrigin: string;
  /**
   * Signs the session cookie. At least 32 random bytes, from the environment, never from the code. In a list, the first
   * secret signs and all of them are accepted. To rotate secrets, put a new one in front, and remove the old one when
   * the last session that it signed has ended.
   *
   * The secret also signs CSRF tokens and device cookies, by the same rule.
   */
  secret: string | string[];
  /**
   * The origins of our front ends that are not served by this app, such as `https://app.shop.example`. Their pages may do
   * what our own pages may do. Usually empty.
   */
  frontEnds: readonly string[];
  /** Milliseconds that a session lasts without a request. Every request with the session renews it. */
  idleMs: number;
  /**
   * Milliseconds that a session lasts at most, however busy it is. No request renews it. A user who types the password
   * again (POST /auth/confirm, POST /account/password) gets a new session with a limit of its own.
   */
  absoluteMs: number;
  /** Milliseconds after a password was typed in which the user may make sensitive changes without typing it again. */
  recentPasswordMs: number;
  /** Milliseconds since 1970. Every time that the app stores comes from here, so that tests can set the clock. */
  now: () => number;
  /** Records who did what to which account. */
  audit: Audit;
  /** Sends a mail. Handlers do not wait for it: a response that takes as long as a mail would tell who gets one. */
  mail: (message: Mail) => void | Promise<void>;
  events: Events;
  /** Charges the customer for an order. Resolves when the payment provider has confirmed the payment. */
  charge: (orderId: string) => Promise<void>;
  /** Receives the errors whose details the client must not see. */
  log: (error: unknown) => void;
}

/** Returns the current secret: the one that signs. */
export const signingSecret = ({ secret }: Services): string => (Array.isArray(secret) ? secret[0]! : secret);

/** Returns the mail service with its failures in the log. A response that told them would tell who has an account, too. */
export const loggingFailures = ({ mail, log }: Services) =>
  async function mailOrLog(message: Mail): Promise<void> {
    try {
      await mail(message);
    } catch (error) {
      log(error);
    }
  };

/** Returns the events with failures in the log. An order that was placed must not fail because no page can hear of it. */
export const loggingLostEvents = ({ events: { publish, subscribe }, log }: Services) => ({
  subscribe,
  async publish(event: AccountEvent): Promise<void> {
    try {
      await publish(event);
    } catch (error) {
      log(error);
    }
  },
});
