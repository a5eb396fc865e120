import bcrypt from 'bcrypt';
import { demoUsers, seedUsers, type User } from '../../app/db.ts';

/** What they log in with, for whoever wants to try it. */
export const accounts = demoUsers.map(({ email, password }) => ({ email, password }));

const hashed = new Map<number, Promise<readonly User[]>>();

/** The shop's people with hashes of that bcrypt cost. Hashing is slow on purpose, so it is done once per cost and process. */
export function people(cost: number): Promise<readonly User[]> {
  const users = hashed.get(cost) ?? seedUsers(cost);
  hashed.set(cost, users);
  return users;
}

/** These people, or the same with slower hashes where theirs are quicker than that bcrypt cost. */
export async function hashedAtLeast(cost: number, users: readonly User[]): Promise<readonly User[]> {
  return costOf(users) < cost ? people(cost) : users;
}

/** Returns the bcrypt cost of these users' hashes. It is the same for all of them. */
export const costOf = (users: readonly User[]): number => bcrypt.getRounds(users[0]!.passwordHash);
