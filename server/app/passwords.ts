import bcrypt from 'bcrypt';
import type { User } from './db.ts';

/** bcrypt reads 72 bytes and ignores the rest, so a longer password is refused rather than cut in silence. */
export const longestPassword = 72;

export const fits = (password: string): boolean => Buffer.byteLength(password) <= longestPassword;

/**
 * How many hashes are worked on at once. bcrypt works in the same four threads as file reads and DNS look-ups; beyond this,
 * a flood of logins would make everything else wait.
 */
const mostAtOnce = 2;

/** How many may wait for one of them. */
const mostWaiting = 8;

export class TooBusy extends Error {
  readonly status = 503;
  readonly expose = true;
  /** Seconds after which to try again. */
  readonly retryAfter = 2;

  constructor() {
    super('Too many logins at once. Try again in a moment.');
  }
}

export type Passwords = ReturnType<typeof createPasswords>;

/** Hash and compare, bounded. `cost` is bcrypt's. */
export function createPasswords(cost: number) {
  // A hash no password matches, of the same cost as the real ones: an early "no such user" would answer sooner than a wrong
  // password does, and tell an attacker which addresses have an account. It must be a valid hash: bcrypt skips the work for
  // others.
  const nobodysHash = bcrypt.genSaltSync(cost) + '.'.repeat(31);
  const waiting: (() => void)[] = [];
  let working = 0;

  /** @throws TooBusy when too many are waiting already */
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
      const next = waiting.shift();
      if (next) next();
      else working -= 1;
    }
  }

  return {
    hash: (password: string) => bounded(() => bcrypt.hash(password, cost)),

    /** Whether this is the user's password. Takes as long for a user who does not exist. */
    async match(user: User | undefined, password: string): Promise<boolean> {
      const matches = await bounded(() => bcrypt.compare(password, user?.passwordHash ?? nobodysHash));
      return matches && user !== undefined && fits(password);
    },

    /** True for a hash from a time when the cost was lower; hash anew while the password is at hand. */
    outdated: (user: User) => bcrypt.getRounds(user.passwordHash) < cost,
  };
}
