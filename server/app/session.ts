import { RedisStore } from 'connect-redis';
import type { CookieOptions } from 'express';
import type { SessionOptions, Store } from 'express-session';
import type { Role } from './db.ts';
import type { Services } from './services.ts';

declare module 'express-session' {
  /** All a session holds: who, as what, since when, and what an anonymous visitor has put aside. */
  interface SessionData {
    userId: number;
    role: Role;
    /** Milliseconds since 1970. */
    loginAt: number;
    basket: string[];
  }
}

/** Not the default `connect.sid`: it tells everybody what the server runs, and two apps on one host would share it. */
export const cookieName = 'sid';

/** Login sets the cookie with these, logout clears it with the same: a browser clears only what matches. */
export const cookieAttributes = {
  path: '/',
  // Scripts cannot read it, so a script hole cannot carry it away.
  httpOnly: true,
  // Other sites' forms and fetches travel without it; a link to us still arrives logged in.
  sameSite: 'lax',
  // Never over plain http. Behind a proxy that ends TLS this needs `trust proxy`, or no cookie is set at all.
  secure: true,
} satisfies CookieOptions;

/** Where the records live. connect-redis takes the time to live from the cookie's maxAge: one limit, kept by the server. */
export function sessionStore({ redis }: Services): Store {
  return new RedisStore({ client: redis, prefix: 'sess:' });
}

export function sessionOptions({ secret, idle }: Services): SessionOptions {
  return {
    name: cookieName,
    secret,
    // Write only what changed: writing back an unchanged copy would undo what a parallel request has stored meanwhile.
    resave: false,
    // No record and no cookie for visitors who have nothing to remember.
    saveUninitialized: false,
    // Send the cookie again with every response, so that browser and Redis keep the same idle limit.
    rolling: true,
    cookie: { ...cookieAttributes, maxAge: idle },
  };
}
