/**
 * What a learner can do to a sandbox by hand, besides playing its steps: what the page asks for, and what the trace says was
 * done. Types only.
 */
import type { Header } from './trace.ts';

/** Which cookie of a jar: RFC 6265bis section 5.7 step 23 tells cookies apart by these. */
export interface CookieIdentity {
  name: string;
  domain: string;
  path: string;
}

/** Options of the app's session that can be changed while it runs; those left out stay as they are. */
export interface SessionChange {
  rolling?: boolean;
  resave?: boolean;
  saveUninitialized?: boolean;
  /** Milliseconds; null: no maxAge, so a cookie that lasts until the browser is closed. */
  maxAge?: number | null;
  httpOnly?: boolean;
  secure?: boolean;
  /** null: the attribute is left out. */
  sameSite?: 'strict' | 'lax' | 'none' | null;
  /** How many proxies are believed; `true` believes everybody. */
  trustProxy?: number | boolean;
  /** Where the records live: Redis, or the memory of the app's process. */
  store?: 'redis' | 'memory';
}

/** A request by hand, as the browser of that actor would make it. */
export interface HandRequest {
  do: 'request';
  actor: string;
  method: string;
  /** Absolute, or a path of the shop. */
  url: string;
  /** The page that makes it; null: a person who types the address. */
  origin: string | null;
  /** Besides those the browser adds by itself. */
  headers: Header[];
  body: string | null;
}

export type HandAction =
  | { do: 'jump-time'; ms: number }
  | { do: 'delete-key'; key: string }
  /** A new value for a key of type string; its time to live stays. */
  | { do: 'set-key'; key: string; value: string }
  /** null: it never expires. */
  | { do: 'expire-key'; key: string; ms: number | null }
  /** A line typed into the Redis console. */
  | { do: 'redis'; line: string }
  | HandRequest
  | ({ do: 'edit-cookie'; actor: string; value: string } & CookieIdentity)
  | ({ do: 'delete-cookie'; actor: string } & CookieIdentity)
  /** `actor` takes a copy of the value out of the browser of `from`, and keeps it without an expiry. */
  | ({ do: 'copy-cookie'; actor: string; from: string } & CookieIdentity)
  | { do: 'session-options'; change: SessionChange };
