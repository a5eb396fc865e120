import type { CookieOptions } from 'express';
import type { SessionOptions, Store } from 'express-session';
import type { Role } from './db.ts';
import type { Services } from './services.ts';
import { SessionStore } from './sessionStore.ts';

interface Pending {
  userId: number;
  credentialVersion: number;
  /** Milliseconds since 1970. */
  passwordAt: number;
}

declare module 'express-session' {
  /** Everything that a session record holds. Records stay small: larger data has a place and a key of its own. */
  interface SessionData {
    userId: number;
    role: Role;
    /** Which credentials the session was started with: see auth/credentials.ts. */
    credentialVersion: number;
    /** Milliseconds since 1970. */
    loginAt: number;
    /** When the user last typed the password. Milliseconds since 1970. */
    confirmedAt: number;
    /** The user who has typed the password and must type a code too. This is no login: see auth/secondFactor.ts. */
    pending: Pending;
    basketId: string;
    /** The key of the series of this device, if the user wants to be remembered on it: see auth/rememberTokens.ts. */
    series: string;
  }
}

/**
 * Browsers enforce the prefix `__Host-`: they accept such a cookie only over HTTPS, and only for the host that sets it.
 * Neither a sibling subdomain nor an attacker on the network can plant one. A name of our own also keeps two apps on
 * one host apart: with the default name `connect.sid`, they would overwrite each other's cookie.
 */
export const cookieName = '__Host-sid';

/** Login sets the cookie with these attributes. Logout needs the same ones: browsers clear only what matches. */
export const cookieAttributes = {
  path: '/',
  // Scripts cannot read the cookie, so cross-site scripting cannot steal it.
  httpOnly: true,
  // Forms and fetches of other sites do not send the cookie. Links from other sites do.
  sameSite: 'lax',
  // The cookie never travels over plain HTTP, in any environment: a condition such as NODE_ENV === 'production' is false
  // on every server where somebody forgot to set it. Behind a reverse proxy that ends TLS this needs `trust proxy` in app.ts:
  // otherwise express-session takes every request for plain HTTP, and sets no cookie.
  secure: true,
} satisfies CookieOptions;

/** The options of express-session, except for the store. */
export function sessionOptions({ secret, idleMs }: Services): SessionOptions {
  return {
    name: cookieName,
    secret,
    // Write a record only when it changed. An unchanged copy would overwrite the changes of a parallel request.
    resave: false,
    // Visitors without anything to remember get no record and no cookie.
    saveUninitialized: false,
    // Send the cookie again with every response, so that the browser and Redis keep the same idle limit.
    rolling: true,
    cookie: { ...cookieAttributes, maxAge: idleMs },
  };
}

/** The key of a session record in Redis is this prefix and the session id. */
export const recordPrefix = 'sess:';

/** Returns the store of the session records. It takes their time to live from the maxAge of the cookie. */
export function createSessionStore({ redis }: Services): Store {
  return new SessionStore({ client: redis, prefix: recordPrefix });
}
