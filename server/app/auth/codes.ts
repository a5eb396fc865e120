/** Codes of authenticator apps: time-based one-time passwords (TOTP, RFC 6238) of six digits, a new one every 30 seconds. */
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';

export const codeRule = z.string().regex(/^\d{6}$/, 'A code has six digits.');

const totpOf = (secret: string) =>
  new TOTP({ issuer: 'Shop', secret: Secret.fromBase32(secret), digits: 6, period: 30 });

/** Returns a new secret for an authenticator app, in base 32: 160 bits, as RFC 4226 recommends. */
export const createSecret = (): string => new Secret({ size: 20 }).base32;

/** Returns what the QR code for an authenticator app contains. It includes the secret: nobody else may see it. */
export function keyUri(secret: string, { email }: User): string {
  const totp = totpOf(secret);
  totp.label = email;
  return totp.toString();
}

/**
 * Returns the number of the 30 seconds that this code is for, counted from 1970; undefined when the code is wrong. The
 * code before the current one and the one after it are right too: people type slowly, and clocks differ.
 *
 * @param at milliseconds since 1970
 */
export function stepOf(secret: string, code: string, at: number): number | undefined {
  const totp = totpOf(secret);
  const steps = totp.validate({ token: code, timestamp: at, window: 1 });
  return steps === null ? undefined : totp.counter({ timestamp: at }) + steps;
}

/**
 * Returns whether this is a code of the user that nobody has used before, and marks it as used: of two requests with the
 * same code, one gets true (RFC 6238 section 5.2).
 */
export function takeCode({ users, now }: Context, { id, totpSecret }: User, code: string): boolean {
  const step = totpSecret === undefined ? undefined : stepOf(totpSecret, code, now());
  return step !== undefined && users.takeCodeStep(id, step);
}
