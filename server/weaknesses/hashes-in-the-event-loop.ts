import bcrypt from 'bcrypt';
import type { User } from '../app/db.ts';
import { fits, type Passwords } from '../app/passwords.ts';

/** hashSync and compareSync leave the thread pool alone: they use the one thread that runs everything else. */
export function createPasswords(bcryptCost: number): Passwords {
  const nobodysHash = bcrypt.genSaltSync(bcryptCost) + '.'.repeat(31);
  return {
    hash: async (password) => bcrypt.hashSync(password, bcryptCost),
    async match(user: User | undefined, password: string): Promise<boolean> {
      const matches = bcrypt.compareSync(password, user?.passwordHash ?? nobodysHash);
      return matches && user !== undefined && fits(password);
    },
    outdated: (user) => bcrypt.getRounds(user.passwordHash) < bcryptCost,
  };
}
