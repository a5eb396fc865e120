import bcrypt from 'bcrypt';

export type Role = 'customer' | 'admin';

export interface User {
  id: number;
  email: string;
  role: Role;
  /** A disabled account cannot log in. Its sessions end when it is disabled. */
  disabled: boolean;
  /** A bcrypt hash, which includes its cost and its salt. */
  passwordHash: string;
  /**
   * Counts the changes that end every login of the account: a new password, a change of the second factor, and being
   * disabled. Everything that proves a login holds for one version only. auth/credentials.ts explains it.
   */
  credentialVersion: number;
  /** The secret that the user's authenticator app has too, in base 32. Users without one log in with the password only. */
  totpSecret?: string | undefined;
  /** A new secret that the user's authenticator app has not confirmed yet. */
  offeredSecret?: string | undefined;
  /** The time step of the last code that was used: how many times 30 seconds had passed since 1970. */
  lastCodeStep?: number;
}

/** The demo users. Their passwords are public: replace this table with a real database before production. */
export const demoUsers = [
  { id: 1, email: 'alice@shop.example', role: 'customer', password: 'rabbit-hole-7' },
  { id: 2, email: 'mallory@shop.example', role: 'customer', password: 'crow-bar-13' },
  { id: 3, email: 'admin@shop.example', role: 'admin', password: 'ring-of-keys-42' },
] as const;

/**
 * Returns the demo users with hashed passwords.
 *
 * @param cost of bcrypt, which runs 2^cost rounds. Production needs at least 10. Each increment doubles the time.
 */
export async function seedUsers(cost: number): Promise<User[]> {
  return Promise.all(
    demoUsers.map(async ({ password, ...user }) => ({
      ...user,
      disabled: false,
      credentialVersion: 1,
      passwordHash: await bcrypt.hash(password, cost),
    })),
  );
}

type Change = Partial<Omit<User, 'id'>>;

export type Users = ReturnType<typeof createUsers>;

/** Returns a table of users in memory. Like a database it gives out rows as they are now: no update changes them later. */
export function createUsers(users: readonly User[]) {
  let all = users;
  const byId = (id: number): User | undefined => all.find((user) => user.id === id);
  const byEmail = (email: string): User | undefined => all.find((user) => user.email === email.toLowerCase());
  const update = (id: number, change: Change): void => {
    all = all.map((user) => (user.id === id ? { ...user, ...change } : user));
  };

  return {
    all: (): readonly User[] => all,
    byId,
    byEmail,

    /** Adds a customer. Returns undefined when the e-mail is taken. */
    add(email: string, passwordHash: string): User | undefined {
      if (byEmail(email)) return undefined;
      const id = Math.max(0, ...all.map((user) => user.id)) + 1;
      const user: User = {
        id,
        email: email.toLowerCase(),
        role: 'customer',
        disabled: false,
        credentialVersion: 1,
        passwordHash,
      };
      all = [...all, user];
      return user;
    },

    /**
     * Changes the e-mail. Returns undefined when it is taken, or when the account is gone or has other credentials than in
     * that version.
     */
    changeEmail(id: number, email: string, credentialVersion: number): User | undefined {
      if (byId(id)?.credentialVersion !== credentialVersion || byEmail(email)) return undefined;
      update(id, { email: email.toLowerCase() });
      return byId(id);
    },

    update,

    /**
     * Marks the code of a time step as used. Returns false when this code, or a later one, was used before. In SQL:
     * `UPDATE users SET last_code_step = … WHERE id = … AND last_code_step < …`.
     */
    takeCodeStep(id: number, step: number): boolean {
      const user = byId(id);
      if (!user || step <= (user.lastCodeStep ?? 0)) return false;
      update(id, { lastCodeStep: step });
      return true;
    },

    /** Returns whether the account is enabled, and still has the credentials that it had when this row was read. */
    isCurrent: ({ id, credentialVersion }: User): boolean =>
      all.some((user) => user.id === id && user.credentialVersion === credentialVersion && !user.disabled),

    /**
     * Changes an account unless its credentials have changed since this row was read. Returns the new row, or undefined
     * when nothing was changed. In SQL: `UPDATE users SET … WHERE id = … AND credential_version = … RETURNING *`.
     */
    updateIfCurrent(user: User, change: Change): User | undefined {
      if (byId(user.id)?.credentialVersion !== user.credentialVersion) return undefined;
      update(user.id, change);
      return byId(user.id);
    },
  };
}
