import { seedUsers, type User } from '../app/db.ts';

const hashed = new Map<number, Promise<readonly User[]>>();

/** The shop's people with hashes of that bcrypt cost. Hashing is slow on purpose, so it is done once per cost and process. */
export function people(cost: number): Promise<readonly User[]> {
  const users = hashed.get(cost) ?? seedUsers(cost);
  hashed.set(cost, users);
  return users;
}
