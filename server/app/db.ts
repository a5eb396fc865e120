import bcrypt from 'bcrypt';

export type Role = 'customer' | 'admin';

export interface User {
  id: number;
  email: string;
  role: Role;
  /** bcrypt, with its cost and salt inside. */
  passwordHash: string;
}

/** The people of the shop. A real shop has a table; a lesson has three. */
const people = [
  { id: 1, email: 'alice@shop.example', role: 'customer', password: 'rabbit-hole-7' },
  { id: 2, email: 'mallory@shop.example', role: 'customer', password: 'crow-bar-13' },
  { id: 3, email: 'admin@shop.example', role: 'admin', password: 'ring-of-keys-42' },
] as const;

/** @param cost bcrypt's: 2^cost rounds. 10 is the least for production; each step more doubles the time. */
export async function seedUsers(cost: number): Promise<User[]> {
  return Promise.all(
    people.map(async ({ password, ...user }) => ({ ...user, passwordHash: await bcrypt.hash(password, cost) })),
  );
}

export type Users = ReturnType<typeof createUsers>;

/** @throws Error when there is nobody: without one real hash there is no cost to copy for unknown users. */
export function createUsers(users: readonly User[]) {
  const byId = new Map(users.map((user) => [user.id, user]));
  const byEmail = new Map(users.map((user) => [user.email, user]));
  const someone = users[0];
  if (!someone) throw new Error('createUsers() got nobody: seed at least one user.');

  // A hash no password matches, of the same cost as the real ones: an early "no such user" would answer sooner than a wrong
  // password does, and tell an attacker which addresses have an account. It must be a valid hash: bcrypt skips the work for others.
  const nobodysHash = bcrypt.genSaltSync(bcrypt.getRounds(someone.passwordHash)) + '.'.repeat(31);

  return {
    all: () => [...byId.values()],
    byId: (id: number) => byId.get(id),
    byEmail: (email: string) => byEmail.get(email.toLowerCase()),

    /** The user whose e-mail and password these are, or undefined; it takes as long either way. */
    async verify(email: string, password: string): Promise<User | undefined> {
      const user = byEmail.get(email.toLowerCase());
      const matches = await bcrypt.compare(password, user?.passwordHash ?? nobodysHash);
      return matches ? user : undefined;
    },
  };
}
