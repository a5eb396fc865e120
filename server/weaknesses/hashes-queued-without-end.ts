import { genSaltSync, getRounds } from 'bcrypt';
import type { User } from '../app/db.ts';
import { fits, type Passwords } from '../app/passwords.ts';
import type { Bcrypt } from '../app/services.ts';

const mostAtOnce = 2;

/** Two hashes at once leave threads for others, and nobody is refused: every login waits its turn, however many there are. */
export function createPasswords(bcryptCost: number, bcrypt: Bcrypt): Passwords {
  const nobodysHash = genSaltSync(bcryptCost) + '.'.repeat(31);
  const waiting: (() => void)[] = [];
  let working = 0;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (working >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else working += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => bcrypt.hash(password, bcryptCost)),
    async match(user: User | undefined, password: string): Promise<boolean> {
      const matches = await inTurn(() => bcrypt.compare(password, user?.passwordHash ?? nobodysHash));
      return matches && user !== undefined && fits(password);
    },
    outdated: (user) => getRounds(user.passwordHash) < bcryptCost,
  };
}
