/**
 * The version of a user's credentials. Checking a password takes time, and the account can change meanwhile: its owner
 * sets another password, or an admin disables it. What was true before the check may be false when its result is written.
 * So everything that proves a login belongs to one version of the credentials:
 *
 * - A session holds the version whose password was typed. requireAuth() ends it when the account has another.
 * - A password is replaced only in the version that was checked: setPassword().
 * - A reset token and the mark of a known device are computed with the version.
 *
 * The version is in the table of users, so it holds for every instance of the app, and also when Redis fails while the
 * old sessions are being deleted.
 */
import type { User } from '../db.ts';
import type { Context } from '../parts.ts';

/** The client may read this error: see middleware/errors.ts. */
export class CredentialsChanged extends Error {
  readonly status = 401;
  readonly expose = true;

  constructor() {
    super('Your account has changed in the meantime. Log in again.');
  }
}

/**
 * Sets a new password. With it the user has new credentials, which end everything that the old ones have proved.
 *
 * @param user the account as it was when its owner proved to be its owner
 * @returns the account with its new credentials, or undefined when they changed in the meantime: then nothing is set
 * @throws TooBusy when too many hashes are already waiting
 */
export async function setPassword(context: Context, user: User, password: string): Promise<User | undefined> {
  const passwordHash = await context.passwords.hash(password);
  return context.users.updateIfCurrent(user, { passwordHash, credentialVersion: user.credentialVersion + 1 });
}
