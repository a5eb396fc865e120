import type { CookieOptions, RequestHandler } from 'express';
import session, { type SessionOptions, type Store } from 'express-session';
import type { Shop } from './app.ts';
import type { Role } from './db.ts';
import type { Services } from './services.ts';
import { SessionStore } from './sessionStore.ts';

declare module 'express-session' {
  /** All a session holds: who, as what, since when, and which basket. What it stands for is elsewhere, and small ids stay small. */
  interface SessionData {
    userId: number;
    role: Role;
    /** Milliseconds since 1970. */
    loginAt: number;
    /** Milliseconds since 1970: when the password was typed last. */
    confirmedAt: number;
    basketId: string;
  }
}

/**
 * `__Host-` is a promise the browser keeps: it takes a cookie of this name only from us, over https, for this host alone. A
 * sibling subdomain or somebody on the wire cannot plant one. And it is not `connect.sid`, which two apps on one host share.
 */
export const cookieName = '__Host-sid';

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
  return new SessionStore({ client: redis, prefix: 'sess:' });
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

/** Finds the session by the id in the request's cookie, and in nothing else; stores what changed when the answer ends. */
export const readSession = (shop: Shop): RequestHandler =>
  session({ ...shop.parts.sessionOptions(shop), store: shop.store });
