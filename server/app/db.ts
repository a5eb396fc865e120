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
      passwordHash: await bcrypt.hash(password, cost),
    })),
  );
}

export type Users = ReturnType<typeof createUsers>;

/** Returns a table of users in memory. */
export function createUsers(users: readonly User[]) {
  const all = users.map((user) => ({ ...user }));
  const byId = (id: number): User | undefined => all.find((user) => user.id === id);
  const byEmail = (email: string): User | undefined => all.find((user) => user.email === email.toLowerCase());

  return {
    all: (): readonly User[] => all,
    byId,
    byEmail,

    /** Adds a customer. Returns undefined when the e-mail is taken. */
    add(email: string, passwordHash: string): User | undefined {
      if (byEmail(email)) return undefined;
      const id = Math.max(0, ...all.map((user) => user.id)) + 1;
      const user: User = { id, email: email.toLowerCase(), role: 'customer', disabled: false, passwordHash };
      all.push(user);
      return user;
    },

    /** Changes the e-mail. Returns undefined when it is taken, or when the user is gone or has another password by now. */
    changeEmail(id: number, email: string, passwordHash: string): User | undefined {
      const user = byId(id);
      if (!user || user.disabled || user.passwordHash !== passwordHash || byEmail(email)) return undefined;
      return Object.assign(user, { email: email.toLowerCase() });
    },

    update(id: number, change: Partial<Omit<User, 'id'>>): void {
      const user = byId(id);
      if (user) Object.assign(user, change);
    },
  };
}
