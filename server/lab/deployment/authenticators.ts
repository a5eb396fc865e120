/** The authenticator apps of users with a second factor. */
import { Secret, TOTP } from 'otpauth';
import { createSecret } from '../../app/auth/codes.ts';
import type { User, Users } from '../../app/db.ts';

/** Returns the users, those of these e-mails with a new secret for an authenticator app. */
export const withSecondFactor = (users: readonly User[], emails: readonly string[]): User[] =>
  users.map((user) => (emails.includes(user.email) ? { ...user, totpSecret: createSecret() } : user));

/**
 * Returns the code that a user's authenticator app shows.
 * @param at milliseconds since 1970
 * @throws Error when the user has none
 */
export function authenticatorCode(users: Users, email: string, at: number): string {
  const secret = users.byEmail(email)?.totpSecret;
  if (secret === undefined) {
    throw new Error(
      `${email} has no authenticator app. Name it in the scenario's setup: { secondFactor: ['${email}'] }.`,
    );
  }
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}
