import bcrypt from 'bcrypt';

export type Role = 'customer' | 'admin';

export interface User {
  id: number;
  email: string;
  role: Role;
  /** A disabled account cannot log in, and its sessions end when it is disabled. */
  disabled: boolean;
  /** bcrypt, with its cost and salt inside. */
  passwordHash: string;
}

/** The people of the shop. A real shop has a table; a lesson has three. */
export const people = [
  { id: 1, email: 'alice@shop.example', role: 'customer', password: 'rabbit-hole-7' },
  { id: 2, email: 'mallory@shop.example', role: 'customer', password: 'crow-bar-13' },
  { id: 3, email: 'admin@shop.example', role: 'admin', password: 'ring-of-keys-42' },
] as const;

/** @param cost bcrypt's: 2^cost rounds. 10 is the least for production; each step more doubles the time. */
export async function seedUsers(cost: number): Promise<User[]> {
  return Promise.all(
    people.map(async ({ password, ...user }) => ({
      ...user,
      disabled: false,
      passwordHash: await bcrypt.hash(password, cost),
    })),
  );
}

export type Users = ReturnType<typeof createUsers>;

/** @throws Error when there is nobody: without one real hash there is no cost to copy for unknown users. */
export function createUsers(users: readonly User[]) {
  const all = users.map((user) => ({ ...user }));
  const someone = all[0];
  if (!someone) throw new Error('createUsers() got nobody: seed at least one user.');
  const cost = bcrypt.getRounds(someone.passwordHash);
  const byEmail = (email: string) => all.find((user) => user.email === email.toLowerCase());

  return {
    all: (): readonly User[] => all,
    byId: (id: number): User | undefined => all.find((user) => user.id === id),
    byEmail: (email: string): User | undefined => byEmail(email),

    /** A new customer, or undefined when the e-mail is taken. */
    add(email: string, passwordHash: string): User | undefined {
      if (byEmail(email)) return undefined;
      const id = Math.max(...all.map((user) => user.id)) + 1;
      const user: User = { id, email: email.toLowerCase(), role: 'customer', disabled: false, passwordHash };
      all.push(user);
      return user;
    },

    update(id: number, change: Partial<Omit<User, 'id'>>): void {
      const user = all.find((user) => user.id === id);
      if (user) Object.assign(user, change);
    },

    /** bcrypt's cost of the hashes in this table. */
    cost,
  };
}
