import bcrypt from 'bcrypt';
import { z } from 'zod';
import type { User } from './db.ts';
import type { Bcrypt } from './services.ts';

/** bcrypt ignores everything after 72 bytes. */
export const fits = (password: string): boolean => Buffer.byteLength(password) <= 72;

/** The rule for new passwords. A longer one is refused, because bcrypt would silently use only its beginning. */
export const passwordRule = z.string().min(8).refine(fits, 'A password has at most 72 bytes.');

/**
 * How many hashes run at once. bcrypt uses the same four threads as file reads and DNS lookups. With more hashes, a
 * flood of logins would block everything else.
 */
const mostAtOnce = 2;

const mostWaiting = 8;

/** The client may read this error: see middleware/errors.ts. */
export class TooBusy extends Error {
  readonly status = 503;
  readonly expose = true;
  /** Seconds. */
  readonly retryAfter = 2;

  constructor() {
    super('Too many logins at once. Try again in a moment.');
  }
}

export interface Passwords {
  /** @throws TooBusy when too many hashes are already waiting */
  hash(password: string): Promise<string>;
  /**
   * Returns whether this is the user's password. Takes equally long when there is no such user.
   *
   * @throws TooBusy when too many hashes are already waiting
   */
  match(user: User | undefined, password: string): Promise<boolean>;
  /** Returns whether the hash was made with a lower cost than today's, so that it should be made anew. */
  outdated(user: User): boolean;
}

/**
 * Returns functions that hash and compare passwords, only a few at a time.
 *
 * @param hashing does the work
 */
export function createPasswords(bcryptCost: number, hashing: Bcrypt = bcrypt): Passwords {
  // No password matches this hash, and it costs as much as the real ones. If an unknown e-mail were refused without a
  // hash, the faster answer would tell an attacker which addresses have an account. The hash must be valid: bcrypt does
  // no work for an invalid one.
  const nobodysHash = bcrypt.genSaltSync(bcryptCost) + '.'.repeat(31);
  const waiting: (() => void)[] = [];
  let working = 0;

  async function bounded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (working >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw new TooBusy();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      working += 1;
    }
    try {
      return await work();
    } finally {
      // Hand the slot to the next in line without freeing it. If `working` went down first, a new request could take
      // the slot before the waiting one continues, and too many hashes would run.
      const next = waiting.shift();
      if (next) next();
      else working -= 1;
    }
  }

  return {
    hash: (password) => bounded(() => hashing.hash(password, bcryptCost)),

    async match(user: User | undefined, password: string): Promise<boolean> {
      const matches = await bounded(() => hashing.compare(password, user?.passwordHash ?? nobodysHash));
      return matches && user !== undefined && fits(password);
    },

    outdated: (user) => bcrypt.getRounds(user.passwordHash) < bcryptCost,
  };
}
