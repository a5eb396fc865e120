import { type Passwords, TooBusy, createPasswords as usual } from '../app/passwords.ts';
import type { Bcrypt } from '../app/services.ts';

/** The queue has an end, and a login that finds it full gets a bare 503. */
export function createPasswords(bcryptCost: number, bcrypt: Bcrypt): Passwords {
  const passwords = usual(bcryptCost, bcrypt);
  return {
    ...passwords,
    hash: (password) => passwords.hash(password).catch(withoutTime),
    match: (user, password) => passwords.match(user, password).catch(withoutTime),
  };
}

function withoutTime(error: unknown): never {
  if (!(error instanceof TooBusy)) throw error;
  const { message, status, expose } = error;
  throw Object.assign(new Error(message), { status, expose });
}
