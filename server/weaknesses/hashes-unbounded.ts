import { genSaltSync, getRounds } from 'bcrypt';
import type { User } from '../app/db.ts';
import { fits, type Passwords } from '../app/passwords.ts';
import type { Bcrypt } from '../app/services.ts';

/** "bcrypt is asynchronous, so it cannot block anything": as many hashes run at once as there are logins. */
export function createPasswords(bcryptCost: number, bcrypt: Bcrypt): Passwords {
  const nobodysHash = genSaltSync(bcryptCost) + '.'.repeat(31);
  return {
    hash: (password) => bcrypt.hash(password, bcryptCost),
    async match(user: User | undefined, password: string): Promise<boolean> {
      const matches = await bcrypt.compare(password, user?.passwordHash ?? nobodysHash);
      return matches && user !== undefined && fits(password);
    },
    outdated: (user) => getRounds(user.passwordHash) < bcryptCost,
  };
}
