import { Cookie } from 'tough-cookie';
import type { JarCookie } from '../../../scenarios/engine/trace.ts';

/** A cookie as the jar has it. Like the trace's, but in milliseconds since 1970: the jar knows the wall clock only. */
export interface CookieState extends Omit<JarCookie, 'expiresAt'> {
  /** Milliseconds since 1970; null: until the browser is closed. */
  expiresAt: number | null;
  /** Milliseconds since 1970. The older of two cookies goes first in the Cookie header. */
  createdAt: number;
  /** Kept as a flag; the jar has no partitions. */
  partitioned: boolean;
}

/** What makes two cookies the same one (RFC 6265bis section 5.7 step 23). */
export type CookieIdentity = Pick<CookieState, 'name' | 'domain' | 'hostOnly' | 'path'>;

const SAME_SITE = { strict: 'Strict', lax: 'Lax', none: 'None' } as const;

/** The attribute as servers write it; null for none and for a value browsers do not know. */
export function sameSiteValue(value: string | undefined): CookieState['sameSite'] {
  return value === 'strict' || value === 'lax' || value === 'none' ? SAME_SITE[value] : null;
}

export function stateOf(cookie: Cookie): CookieState {
  return {
    name: cookie.key,
    value: cookie.value,
    domain: cookie.domain ?? '',
    hostOnly: cookie.hostOnly === true,
    path: cookie.path ?? '/',
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: sameSiteValue(cookie.sameSite),
    expiresAt: cookie.expires instanceof Date ? cookie.expires.getTime() : null,
    createdAt: cookie.creation instanceof Date ? cookie.creation.getTime() : 0,
    partitioned: cookie.extensions?.includes('Partitioned') ?? false,
  };
}

/** The same as tough-cookie wants it: always an absolute expiry, never a Max-Age, so that age can be added to it. */
export function cookieOf(state: CookieState): Cookie {
  return new Cookie({
    key: state.name,
    value: state.value,
    domain: state.domain,
    hostOnly: state.hostOnly,
    path: state.path,
    secure: state.secure,
    httpOnly: state.httpOnly,
    sameSite: state.sameSite?.toLowerCase(),
    expires: state.expiresAt === null ? 'Infinity' : new Date(state.expiresAt),
    creation: new Date(state.createdAt),
    extensions: state.partitioned ? ['Partitioned'] : null,
  });
}
