import type { JarCookie } from '../../../../scenarios/engine/trace.ts';
import { isByteString } from './byteString.ts';

/** A cookie as the jar keeps it: like the trace's, but with times on the wall clock, because the jar knows no other. */
export interface Cookie extends Omit<JarCookie, 'expiresAt'> {
  /** Milliseconds since 1970; null: until the browser is closed. */
  expiresAt: number | null;
  /** Milliseconds since 1970. The older of two cookies is sent first. */
  createdAt: number;
  /** Chromium's own attribute: which cookies it drops first and last when a site has too many. Default: in between. */
  priority?: 'Low' | 'High';
}

/** Returns the cookie as the trace has it. @param now sandbox milliseconds */
export const toJarCookie = ({ createdAt: _, priority: __, ...cookie }: Cookie, now: number): JarCookie => ({
  ...cookie,
  expiresAt: cookie.expiresAt === null ? null : cookie.expiresAt - Date.now() + now,
});

/**
 * RFC 6265bis section 5.7 step 23: a jar holds at most one cookie with the same name, domain, host-only-flag and path. CHIPS: in
 * each partition.
 */
export function identityOf({
  name,
  domain,
  hostOnly,
  path,
  partition = '',
}: Pick<Cookie, 'name' | 'domain' | 'hostOnly' | 'path' | 'partition'>): string {
  return JSON.stringify([name, domain, hostOnly, path, partition]);
}

/** @param now milliseconds since 1970 */
export function hasExpired({ expiresAt }: Pick<Cookie, 'expiresAt'>, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Describes where a cookie is sent: "exactly shop.example", or "shop.example and its subdomains". */
export function scopeOf({ domain, hostOnly }: Pick<Cookie, 'domain' | 'hostOnly'>): string {
  return hostOnly ? `exactly ${domain}` : `${domain} and its subdomains`;
}

/** Describes a cookie's SameSite attribute: "SameSite=Lax", or that it is missing and what that means. */
export function sameSiteAttribute({ sameSite }: Pick<Cookie, 'sameSite'>): string {
  return sameSite === null ? 'no SameSite (treated as Lax)' : `SameSite=${sameSite}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot contain them
const illegalInName = /[\x00-\x1f\x7f;=]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot contain them
const illegalInValue = /[\x00-\x08\x0a-\x1f\x7f;]/;

/** Throws a TypeError if a Cookie header cannot carry this name or value as it is. */
export function requireLegalCookie({ name, value }: Pick<Cookie, 'name' | 'value'>): void {
  if (name === '' && value === '') {
    throw new TypeError('This cookie has neither a name nor a value, so it would send nothing. Give it one of them.');
  }
  if (illegalInName.test(name) || !isByteString(name)) {
    throw new TypeError(
      'The name of this cookie contains a character that no Cookie header can carry in a name. Leave out ";", "=" and control characters, and percent-encode characters outside Latin-1.',
    );
  }
  if (illegalInValue.test(value) || !isByteString(value)) {
    throw new TypeError(
      'The value of this cookie contains a character that no Cookie header can carry. Percent-encode it: encodeURIComponent(value).',
    );
  }
}
